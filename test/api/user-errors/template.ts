// What the template wizard and templates themselves are refused.

import * as documents from '../../generated/graphql.ts';
import { accepted, createTemplate } from '../../support/story.ts';
import { takenName } from './world.ts';
import type { Refusals, World } from './world.ts';

async function authenticate(
  { api, startTemplateDraft, savePrimarySettings }: World,
  wishes: Omit<documents.SaveTemplateAuthenticationInput, 'draftId'>,
) {
  const draftId = await startTemplateDraft();
  accepted(await savePrimarySettings({ draftId }));
  const input = { draftId, ...wishes };
  return (await api.run(documents.SaveTemplateAuthenticationDocument, { input })).saveTemplateAuthentication;
}

async function archive({ api }: World, templateId: string) {
  return (await api.run(documents.ArchiveTemplateDocument, { input: { templateId } })).archiveTemplate;
}

export const templateRefusals = {
  NAME_TAKEN: {
    path: 'name',
    ask: async ({ startTemplateDraft, savePrimarySettings }) =>
      savePrimarySettings({ draftId: await startTemplateDraft(), name: takenName.toUpperCase() }),
  },
  IDP_ENTITY_ID_REQUIRED: {
    path: 'samlIdpEntityId',
    ask: (world) => authenticate(world, { method: 'PARTNER_SAML' }),
  },
  OIDC_IDP_NAME_REQUIRED: {
    path: 'oidcIdpName',
    ask: (world) => authenticate(world, { method: 'PARTNER_OIDC' }),
  },
  IDP_FIELD_NOT_ALLOWED: {
    path: 'oidcIdpName',
    ask: (world) => authenticate(world, { method: 'WEBEX', oidcIdpName: 'acme-idp' }),
  },
  SAML_METADATA_INVALID: {
    path: 'samlMetadataXml',
    ask: (world) => authenticate(world, { method: 'PARTNER_SAML', samlMetadataXml: '<x/>' }),
  },
  TEMPLATE_IN_USE: {
    path: 'templateId',
    ask: (world) => archive(world, world.template.id),
  },
  TEMPLATE_ARCHIVED: {
    path: 'editTemplateId',
    async ask(world) {
      const { id: editTemplateId } = await createTemplate(world.api);
      accepted(await archive(world, editTemplateId));
      const { startTemplateDraft } = await world.api.run(documents.StartTemplateDraftDocument, {
        input: { editTemplateId },
      });
      return startTemplateDraft;
    },
  },
} satisfies Refusals;
