// Mutation.saveTemplateAuthentication
import { saveAuthentication } from '../../src/domain/template/save-steps.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { draftFields, inputDescription, withDraftRow } from '../shared/input.ts';
import { templateDraftPayload } from './template-draft.ts';
import { AuthenticationMethod } from './template.ts';

const SaveTemplateAuthenticationInput = builder.inputType('SaveTemplateAuthenticationInput', {
  description: "The template wizard's second screen.",
  fields: (t) => ({
    ...draftFields(t),
    method: t.field({
      type: AuthenticationMethod,
      required: true,
      description: 'Exactly one way; what belongs to another way must be left out.',
    }),
    samlIdpEntityId: t.string({
      description: "EntityID of the partner's identity provider. PARTNER_SAML needs this or `samlMetadataXml`.",
    }),
    samlMetadataXml: t.string({
      description:
        "The identity provider's SAML metadata, as it was exported there: the EntityID is read from it. Only the EntityID is kept.",
    }),
    oidcIdpName: t.string({ description: 'The IDP name agreed with Cisco TAC; required with PARTNER_OIDC.' }),
  }),
});

const SaveTemplateAuthenticationPayload = templateDraftPayload(
  'SaveTemplateAuthenticationPayload',
  'The answer to saving the second screen.',
);

builder.mutationField('saveTemplateAuthentication', (t) =>
  t.field({
    type: SaveTemplateAuthenticationPayload,
    nullable: true,
    description:
      "Saves the template wizard's second screen: how users of newly created organisations sign in. Needs the right to manage templates.",
    authScopes: { manageTemplates: true },
    args: { input: t.arg({ type: SaveTemplateAuthenticationInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      saveAuthentication(context.domain, viewerOf(context), withDraftRow('TemplateDraft', input)),
  }),
);
