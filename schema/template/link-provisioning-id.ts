// Mutation.linkProvisioningId

import { linkProvisioningId } from '../../src/domain/template/change-template.ts';
import type { TemplateOutcome } from '../../src/domain/template/change-template.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { rowId } from '../shared/global-id.ts';
import { inputDescription } from '../shared/input.ts';
import { payloadType } from '../shared/payload.ts';
import { findTemplate, OnboardingTemplate } from './template.ts';

const LinkProvisioningIdInput = builder.inputType('LinkProvisioningIdInput', {
  description: 'Which template, and the ID that Partner Hub gave it.',
  fields: (t) => ({
    templateId: t.id({ required: true, description: 'A template that is AWAITING_PROVISIONING_ID.' }),
    provisioningId: t.string({
      required: true,
      description: 'As Partner Hub shows it in the details of the template.',
    }),
  }),
});

const LinkProvisioningIdPayload = payloadType<TemplateOutcome>(
  'LinkProvisioningIdPayload',
  'The answer to linking a provisioning ID.',
  (t) => ({
    template: t.prismaField({
      type: OnboardingTemplate,
      nullable: true,
      description: 'The template as it is now, unchanged when there are user errors. Null when there is none.',
      resolve: (query, { value }, _args, context) => findTemplate(context, query, value?.templateId),
    }),
  }),
);

builder.mutationField('linkProvisioningId', (t) =>
  t.field({
    type: LinkProvisioningIdPayload,
    nullable: true,
    description:
      'Tells the provisioning ID of a template that was made in Partner Hub by hand, where the platform issues none over its API (see PlatformInfo.issuesProvisioningIds). The template becomes ACTIVE; the ID cannot be changed later. Needs the right to manage templates.',
    authScopes: { manageTemplates: true },
    args: { input: t.arg({ type: LinkProvisioningIdInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      linkProvisioningId(context.domain, viewerOf(context), {
        ...input,
        templateId: rowId('OnboardingTemplate', input.templateId),
      }),
  }),
);
