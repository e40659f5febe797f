// The template wizard's draft.

import type { Prisma } from '../../src/database/generated/client.ts';
import { storedCountry } from '../../src/domain/catalogue/countries.ts';
import { findPstnProvider } from '../../src/domain/catalogue/pstn-providers.ts';
import { builder } from '../builder.ts';
import { Country } from '../catalogue/country.ts';
import { PstnProvider } from '../catalogue/pstn-provider.ts';
import { viewerOf } from '../context.ts';
import type { RequestContext } from '../context.ts';
import { draftDescription, payloadType } from '../shared/payload.ts';
import { draftColumns, WizardDraft } from '../shared/wizard-draft.ts';
import { TemplateAuthentication, TemplateOffer } from './template.ts';

export const TemplateDraft = builder.prismaNode('TemplateDraft', {
  description:
    'A template being made, changed or copied in the template wizard. Values are null until their screen was saved; submitting turns them into an OnboardingTemplate.',
  interfaces: [WizardDraft],
  id: { field: 'id' },
  findUnique: (id, context) => ({ id, partnerId: viewerOf(context).partnerId }),
  nullable: true,
  select: draftColumns,
  fields: (t) => ({
    offer: t.expose('offer', { type: TemplateOffer, description: 'Chosen when the wizard was started.' }),
    editsTemplate: t.relation('editsTemplate', {
      nullable: true,
      description: 'The template that submitting will change; null when a new one is made.',
    }),
    name: t.exposeString('name', { nullable: true, description: 'Of the template to be.' }),
    country: t.field({
      type: Country,
      nullable: true,
      description: 'Where the customers are.',
      select: { countryCode: true },
      resolve: ({ countryCode }) => (countryCode === null ? null : storedCountry(countryCode)),
    }),
    serviceProviderAdmin: t.relation('serviceProviderAdmin', {
      nullable: true,
      description: "Who will be responsible on the partner's side.",
    }),
    wholesaleSubscription: t.relation('wholesaleSubscription', {
      nullable: true,
      description: 'The contract that usage will be billed to.',
    }),
    authentication: t.field({
      type: TemplateAuthentication,
      nullable: true,
      description: 'How users of newly created organisations will sign in.',
      select: { authenticationMethod: true, samlIdpEntityId: true, oidcIdpName: true },
      resolve: ({ authenticationMethod, ...identityProvider }) =>
        authenticationMethod === null ? null : { method: authenticationMethod, ...identityProvider },
    }),
    pstnProvider: t.field({
      type: PstnProvider,
      nullable: true,
      description: 'The telephone network provider to preselect; null also when the screen was saved without one.',
      select: { pstnProviderId: true },
      resolve: ({ pstnProviderId }) => (pstnProviderId === null ? null : findPstnProvider(pstnProviderId)),
    }),
    restrictAdminInviteEmails: t.exposeBoolean('restrictAdminInviteEmails', {
      description:
        'True: no invitation may be mailed to the administrators of an existing organisation. False until said otherwise.',
    }),
    brandName: t.exposeString('brandName', {
      nullable: true,
      description: 'What the product will be called in mails to users; null: as Webex calls it.',
    }),
    disableCallOnWebex: t.exposeBoolean('disableCallOnWebex', {
      description: 'True: users will not be able to call each other inside Webex. False until said otherwise.',
    }),
    template: t.relation('template', {
      nullable: true,
      description: 'What came of the draft; null until it is submitted.',
    }),
  }),
});

/** For the mutations that save a screen. */
export function templateDraftPayload(name: string, description: string) {
  return payloadType<{ readonly draftId: string }>(name, description, (t) => ({
    draft: t.prismaField({
      type: TemplateDraft,
      nullable: true,
      description: draftDescription,
      resolve: (query, { value }, _args, context) => findTemplateDraft(context, query, value?.draftId),
    }),
  }));
}

/** The partner's own, with the selection folded in; null also for no id. */
export function findTemplateDraft(
  context: RequestContext,
  query: Pick<Prisma.TemplateDraftFindFirstArgs, 'select' | 'include'>,
  id: string | null | undefined,
) {
  if (!id) return null;
  return context.domain.database.templateDraft.findFirst({
    ...query,
    where: { id, partnerId: viewerOf(context).partnerId },
  });
}
