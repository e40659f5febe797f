// What templates and the wizards' drafts go through.

import { expect } from 'vitest';
import { createSeedTemplate } from '../../../prisma/seed.ts';
import { discardDraft } from '../../../src/domain/draft/discard-draft.ts';
import { archiveTemplate } from '../../../src/domain/template/change-template.ts';
import { startTemplateDraft } from '../../../src/domain/template/start-draft.ts';
import { accepted } from '../support/customers.ts';
import type { Scenario } from './arrows.ts';
import type { Stage } from './stage.ts';

const wishes = (name: string) => ({ name, countryCode: 'US', brandName: 'Acme' });

async function archive({ bench, viewer }: Stage, name: string) {
  const { id } = await bench.database.onboardingTemplate.findFirstOrThrow({ where: { name } });
  accepted(await archiveTemplate(bench.context, viewer, { templateId: id }));
}

export const wizardScenarios: readonly Scenario[] = [
  {
    title: 'a template is submitted, registered and archived',
    arrows: [
      'draft: OPEN -> SUBMITTED',
      'template: AWAITING_PROVISIONING_ID -> ACTIVE',
      'template: ACTIVE -> ARCHIVED',
    ],
    async act(stage) {
      await createSeedTemplate(stage.bench.context, stage.viewer, wishes('Registered'));
      await archive(stage, 'Registered');
    },
  },
  {
    title: 'a template that could not be registered is archived',
    arrows: ['template: AWAITING_PROVISIONING_ID -> ARCHIVED'],
    async act(stage) {
      await stage.bench.sandbox.setFaults([{ path: '/sandbox/templates', kind: 'unavailable' }]);
      const submitted = createSeedTemplate(stage.bench.context, stage.viewer, wishes('Unregistered'));
      await expect(submitted).rejects.toThrow('did not issue a provisioning ID');
      await archive(stage, 'Unregistered');
      await stage.bench.sandbox.setFaults([]);
    },
  },
  {
    title: 'a draft is given up',
    arrows: ['draft: OPEN -> DISCARDED'],
    async act({ bench, viewer }) {
      const { draftId } = accepted(await startTemplateDraft(bench.context, viewer, {}));
      accepted(await discardDraft(bench.context, viewer, { draftId }));
    },
  },
];
