// Looking for organisations to attach to, before any wizard is started. Nothing is kept of it.

import { checkEmail, checkText, textLimits } from '../../src/domain/checks.ts';
import type { Problems } from '../../src/domain/checks.ts';
import { assessAttach } from '../../src/domain/customer/assess-attach.ts';
import { untoldFacts } from '../../src/domain/directory.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { ApiError } from '../shared/api-error.ts';
import { askPlatform } from '../shared/ask-platform.ts';
import { rowId } from '../shared/global-id.ts';
import { AttachAssessment } from './assessment.ts';
import { OrganizationCandidate } from './organization.ts';

/** A value as the forms of the wizards would take it. */
function checked(check: (problems: Problems) => string | null): string {
  const problems: Problems = [];
  const value = check(problems);
  if (value === null) throw new ApiError('BAD_USER_INPUT', problems.map(({ message }) => message).join(' '));
  return value;
}

builder.queryFields((t) => ({
  findOrganizations: t.field({
    type: [OrganizationCandidate],
    authScopes: { provision: true },
    description:
      'Existing organisations that somebody administers, the most likely first; empty when there is none that can be seen. Asks the platform, and fails with UNAVAILABLE when it cannot be reached. Needs the right to provision.',
    args: { adminEmail: t.arg.string({ required: true, description: "The administrator's e-mail address." }) },
    resolve: async (_root, { adminEmail }, context) => {
      const email = checked((problems) => checkEmail(problems, ['adminEmail'], adminEmail));
      const found = await askPlatform(() =>
        context.domain.directory.findOrganizations(viewerOf(context).partnerSlug, email),
      );
      return found.toSorted((a, b) => Number(b.isSuggested) - Number(a.isSuggested));
    },
  }),
  attachAssessment: t.field({
    type: AttachAssessment,
    nullable: true,
    authScopes: { provision: true },
    description:
      'What attaching to an organisation would come to. Null when the platform shows every organisation and has none with this id. Asks the platform, and fails with UNAVAILABLE when it cannot be reached. Needs the right to provision.',
    args: {
      organizationId: t.arg.string({
        required: true,
        description: "The platform's id, as Control Hub shows it under Account.",
      }),
      templateId: t.arg.id({
        description: 'The template that would be used: it may forbid to ask for consent. Left out: one that allows it.',
      }),
    },
    resolve: async (_root, args, context) => {
      const { database, directory } = context.domain;
      const { partnerId, partnerSlug } = viewerOf(context);
      const id = checked((problems) => checkText(problems, [], args.organizationId, textLimits.identifier));
      const template = args.templateId
        ? await database.onboardingTemplate.findFirst({
            where: { id: rowId('OnboardingTemplate', args.templateId), partnerId },
            select: { restrictAdminInviteEmails: true },
          })
        : null;
      if (args.templateId && template === null) throw new ApiError('BAD_USER_INPUT', 'There is no such template.');
      const facts = await askPlatform(() => directory.getOrganization(partnerSlug, id));
      if (facts === null && directory.facts.assessesAttach) return null;
      return assessAttach(facts ?? untoldFacts(id), template);
    },
  }),
}));
