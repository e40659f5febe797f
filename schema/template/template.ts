// Onboarding templates: what the customers of a group have in common.

import type { Prisma } from '../../src/database/generated/client.ts';
import { storedCountry } from '../../src/domain/catalogue/countries.ts';
import { findPstnProvider } from '../../src/domain/catalogue/pstn-providers.ts';
import type { AuthenticationMethod as Method } from '../../src/database/generated/enums.ts';
import { builder } from '../builder.ts';
import { Country } from '../catalogue/country.ts';
import { PstnProvider } from '../catalogue/pstn-provider.ts';
import { viewerOf } from '../context.ts';
import type { RequestContext } from '../context.ts';
import { rowsOf, totalCountDescription } from '../shared/connection.ts';
import { openEnum } from '../shared/open-enum.ts';

export const TemplateOffer = builder.enumType('TemplateOffer', {
  description: openEnum('What a template sells.'),
  values: {
    WEBEX_FOR_WHOLESALE: { description: 'Webex, sold by the partner in its own name and billed monthly per user.' },
  },
});

export const AuthenticationMethod = builder.enumType('AuthenticationMethod', {
  description: openEnum('How the users of new organisations sign in. Attached organisations keep their own way.'),
  values: {
    WEBEX: { description: 'With an account of Webex itself.' },
    PARTNER_SAML: { description: "Through the partner's identity provider, by SAML." },
    PARTNER_OIDC: {
      description: "Through the partner's identity provider, by OpenID Connect; Cisco TAC has to set up the trust.",
    },
  },
});

export const TemplateStatus = builder.enumType('TemplateStatus', {
  description: openEnum('What a template can be used for.'),
  values: {
    ACTIVE: { description: 'Customers can be created with it.' },
    AWAITING_PROVISIONING_ID: {
      description: 'Submitted, but without a provisioning ID so far: customers can be created with it once it has one.',
    },
    ARCHIVED: { description: 'Out of use for good: it can still be read, but neither changed nor used.' },
  },
});

interface AuthenticationSettings {
  readonly method: Method;
  readonly samlIdpEntityId: string | null;
  readonly oidcIdpName: string | null;
}

export const TemplateAuthentication = builder.objectRef<AuthenticationSettings>('TemplateAuthentication').implement({
  description: 'How the users of organisations that are newly created with the template sign in.',
  fields: (t) => ({
    method: t.field({
      type: AuthenticationMethod,
      description: 'The one way that is used.',
      resolve: ({ method }) => method,
    }),
    samlIdpEntityId: t.exposeString('samlIdpEntityId', {
      nullable: true,
      description:
        "EntityID from the SAML metadata of the partner's identity provider; null unless the method is PARTNER_SAML.",
    }),
    oidcIdpName: t.exposeString('oidcIdpName', {
      nullable: true,
      description: 'The IDP name agreed with Cisco TAC; null unless the method is PARTNER_OIDC.',
    }),
  }),
});

export const OnboardingTemplate = builder.prismaNode('OnboardingTemplate', {
  description:
    'Settings that a group of customers has in common, made once by the template wizard. Every customer is created with a template. Changing it does not reach customers that exist already.',
  id: { field: 'id' },
  findUnique: (id, context) => ({ id, partnerId: viewerOf(context).partnerId }),
  nullable: true,
  select: { id: true },
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'Unique among your templates that are not archived, regardless of case.',
    }),
    offer: t.expose('offer', { type: TemplateOffer, description: 'What customers made with it are sold.' }),
    status: t.expose('status', { type: TemplateStatus, description: 'Whether customers can be created with it.' }),
    country: t.field({
      type: Country,
      description: 'Where the customers are, and with it the data region of their organisations.',
      select: { countryCode: true },
      resolve: ({ countryCode }) => storedCountry(countryCode),
    }),
    serviceProviderAdmin: t.relation('serviceProviderAdmin', {
      description: "Who is responsible on the partner's side.",
    }),
    wholesaleSubscription: t.relation('wholesaleSubscription', {
      description: 'The contract that usage is billed to.',
    }),
    authentication: t.field({
      type: TemplateAuthentication,
      description: 'How users of newly created organisations sign in.',
      select: { authenticationMethod: true, samlIdpEntityId: true, oidcIdpName: true },
      resolve: ({ authenticationMethod, ...identityProvider }) => ({
        method: authenticationMethod,
        ...identityProvider,
      }),
    }),
    pstnProvider: t.field({
      type: PstnProvider,
      nullable: true,
      description:
        'The preselected telephone network provider; null, as Cisco recommends, when each customer chooses for itself.',
      select: { pstnProviderId: true },
      resolve: ({ pstnProviderId }) => (pstnProviderId === null ? null : findPstnProvider(pstnProviderId)),
    }),
    restrictAdminInviteEmails: t.exposeBoolean('restrictAdminInviteEmails', {
      description:
        'True: no invitation may be mailed to the administrators of an existing organisation, so it cannot be attached where consent is needed. The same switch as `allowAdminInviteEmails`, turned around.',
    }),
    allowAdminInviteEmails: t.boolean({
      description:
        'True: the administrators of an existing organisation may be asked for consent by mail. The same switch as `restrictAdminInviteEmails`, turned around: two screens of Partner Hub word it differently.',
      select: { restrictAdminInviteEmails: true },
      resolve: ({ restrictAdminInviteEmails }) => !restrictAdminInviteEmails,
    }),
    brandName: t.exposeString('brandName', {
      nullable: true,
      description: 'What the product is called in mails to users; null: as Webex calls it.',
    }),
    disableCallOnWebex: t.exposeBoolean('disableCallOnWebex', {
      description:
        'True: users cannot call each other inside Webex; calls through the telephone network are not affected.',
    }),
    provisioningId: t.exposeString('provisioningId', {
      nullable: true,
      description:
        'Names the template wherever customers are provisioned through an API. Null only while the status is AWAITING_PROVISIONING_ID; it never changes.',
    }),
    version: t.exposeInt('version', { description: 'Raised by every change.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was submitted first.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was changed last.' }),
  }),
});

export const OnboardingTemplateConnection = builder.connectionObject(
  {
    type: OnboardingTemplate,
    name: 'OnboardingTemplateConnection',
    description: 'A page of templates.',
    extensions: rowsOf('OnboardingTemplate'),
    fields: (t) => ({
      totalCount: t.int({ description: totalCountDescription, resolve: ({ totalCount }) => totalCount() }),
    }),
  },
  { name: 'OnboardingTemplateEdge', description: 'A template and its place in the list.' },
);

/** The partner's own, with the selection folded in; null also for no id. */
export function findTemplate(
  context: RequestContext,
  query: Pick<Prisma.OnboardingTemplateFindFirstArgs, 'select' | 'include'>,
  id: string | null | undefined,
) {
  if (!id) return null;
  return context.domain.database.onboardingTemplate.findFirst({
    ...query,
    where: { id, partnerId: viewerOf(context).partnerId },
  });
}
