// Mutation.archiveTemplate

import { archiveTemplate } from '../../src/domain/template/change-template.ts';
import type { TemplateOutcome } from '../../src/domain/template/change-template.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { rowId } from '../shared/global-id.ts';
import { inputDescription } from '../shared/input.ts';
import { payloadType } from '../shared/payload.ts';
import { findTemplate, OnboardingTemplate } from './template.ts';

const ArchiveTemplateInput = builder.inputType('ArchiveTemplateInput', {
  description: 'Which template to take out of use.',
  fields: (t) => ({
    templateId: t.id({
      required: true,
      description: 'A template that no customer was created with, deleted ones aside.',
    }),
  }),
});

const ArchiveTemplatePayload = payloadType<TemplateOutcome>(
  'ArchiveTemplatePayload',
  'The answer to archiving a template.',
  (t) => ({
    template: t.prismaField({
      type: OnboardingTemplate,
      nullable: true,
      description: 'The template as it is now, unchanged when there are user errors. Null when there is none.',
      resolve: (query, { value }, _args, context) => findTemplate(context, query, value?.templateId),
    }),
  }),
);

builder.mutationField('archiveTemplate', (t) =>
  t.field({
    type: ArchiveTemplatePayload,
    nullable: true,
    description:
      'Takes a template out of use for good. Refused while there are customers that were created with it. Archiving twice does no harm. Needs the right to manage templates.',
    authScopes: { manageTemplates: true },
    args: { input: t.arg({ type: ArchiveTemplateInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      archiveTemplate(context.domain, viewerOf(context), {
        ...input,
        templateId: rowId('OnboardingTemplate', input.templateId),
      }),
  }),
);
