// A customer and the values of its own. What it has lists of is in customer-lists.ts, what is worked out in customer-derived.ts.

import type { Prisma } from '../../src/database/generated/client.ts';
import { parseErrors } from '../../src/domain/operation/provisioning-error.ts';
import { builder } from '../builder.ts';
import { DataRegion } from '../catalogue/country.ts';
import { viewerOf } from '../context.ts';
import type { RequestContext } from '../context.ts';
import { Address } from '../shared/address.ts';
import { rowsOf, totalCountDescription } from '../shared/connection.ts';
import { openEnum } from '../shared/open-enum.ts';
import { ProvisioningError } from '../shared/provisioning-error.ts';

export const CustomerOrigin = builder.enumType('CustomerOrigin', {
  description: openEnum('How a customer came to its organisation.'),
  values: {
    NEW: { description: 'A new organisation was created for it.' },
    ATTACHED: { description: 'It had a Webex organisation already, to which wholesale services were added.' },
  },
});

export const CustomerStatus = builder.enumType('CustomerStatus', {
  description: openEnum(
    'Where a customer stands. Only PROVISIONED and PROVISIONED_WITH_ERRORS can be set up and changed.',
  ),
  values: {
    AWAITING_CONSENT: {
      description: "The existing organisation's administrator has been asked and has not answered yet.",
    },
    PROVISIONING: { description: 'The platform is creating it.' },
    PENDING_COMPLIANCE_REVIEW: {
      description: 'People at Cisco are screening it against lists of restricted parties; this can take days.',
    },
    PROVISIONED: { description: 'Everything that was asked for is there.' },
    PROVISIONED_WITH_ERRORS: { description: 'It is there, but some package failed or has a warning: see `packages`.' },
    UPDATING: { description: 'The platform is changing it.' },
    DELETING: { description: 'The platform is taking the wholesale services away.' },
    DELETED: { description: 'The wholesale services are gone; the organisation itself may live on.' },
    ERROR: { description: 'It could not be created, changed or deleted: see `errors`.' },
  },
});

export const PartnerAccess = builder.enumType('PartnerAccess', {
  description: openEnum("What the partner may do in the customer's organisation."),
  values: {
    FULL_ADMIN: { description: 'Everything that an administrator of the organisation may.' },
    PROVISIONING_ADMIN: {
      description:
        'Provision services, but see the existing users only in part. Arises when services are added to an organisation with active licences.',
    },
  },
});

const BrandingSource = builder.enumType('BrandingSource', {
  description: openEnum('Whose branding users see.'),
  values: {
    PARTNER_ADVANCED: {
      description: "The partner's advanced branding, which goes before any branding of the customer.",
    },
    CUSTOMER_BASIC: { description: "The customer's own basic branding." },
    PLATFORM_DEFAULT: { description: "Webex' own look." },
  },
});

export const Customer = builder.prismaNode('Customer', {
  description: 'A company that the partner sells Webex to, with its organisation, packages, locations and users.',
  id: { field: 'id' },
  findUnique: (id, context) => ({ id, partnerId: viewerOf(context).partnerId }),
  nullable: true,
  select: { id: true },
  fields: (t) => ({
    companyName: t.exposeString('companyName', {
      description: 'As it was typed here. An attached organisation keeps a name of its own, which may differ.',
    }),
    adminEmail: t.exposeString('adminEmail', {
      description:
        "Of the customer's administrator. In a new organisation this person becomes its first full administrator.",
    }),
    externalId: t.exposeString('externalId', {
      description: 'Your own key for the customer; it appears in billing reports and is unique among your customers.',
    }),
    language: t.exposeString('language', {
      nullable: true,
      description: "Of mails to the customer, such as en_us; null: the platform's default.",
    }),
    origin: t.expose('origin', {
      type: CustomerOrigin,
      description: 'Whether its organisation is new or was there before.',
    }),
    status: t.expose('status', {
      type: CustomerStatus,
      description: 'Where it stands now; Subscription.customerUpdated tells of each change.',
    }),
    subPartner: t.relation('subPartner', {
      nullable: true,
      description: 'The reseller on whose behalf it is provisioned; null: the partner itself sells to it.',
    }),
    template: t.relation('template', {
      nullable: true,
      description:
        'What it was created with. Null for a customer that was found on the platform and is not known to have been created here.',
    }),
    billingAddress: t.field({
      type: Address,
      description: 'Where bills go; its country also decides the default dial-in number of the meeting site.',
      select: {
        billingAddressLine1: true,
        billingAddressLine2: true,
        billingCity: true,
        billingStateOrProvince: true,
        billingZipOrPostalCode: true,
        billingCountryCode: true,
      },
      resolve: (customer) => ({
        addressLine1: customer.billingAddressLine1,
        addressLine2: customer.billingAddressLine2,
        city: customer.billingCity,
        stateOrProvince: customer.billingStateOrProvince,
        zipOrPostalCode: customer.billingZipOrPostalCode,
        countryCode: customer.billingCountryCode,
      }),
    }),
    organizationId: t.exposeString('organizationId', {
      nullable: true,
      description:
        "The platform's id of the organisation, as Control Hub shows it; null until the platform has told it.",
    }),
    dataRegion: t.expose('dataRegion', { type: DataRegion, description: "Where the organisation's data is kept." }),
    partnerAccess: t.expose('partnerAccess', {
      type: PartnerAccess,
      nullable: true,
      description: 'What the partner may do in the organisation; null while that is not known.',
    }),
    isPartnerOwnOrganization: t.exposeBoolean('isPartnerOwnOrganization', {
      description:
        "True: this is the partner's own organisation. It is provisioned through the API only, not through wizards.",
    }),
    restrictedByPartnerMode: t.exposeBoolean('restrictedByPartnerMode', {
      description:
        "True: the customer's administrators can neither add users nor change packages or the company name themselves. On for new organisations, off for attached ones.",
    }),
    keepsOwnAuthentication: t.exposeBoolean('keepsOwnAuthentication', {
      description:
        'True: users sign in as they did before, whatever the template says; so it is in attached organisations.',
    }),
    brandingSource: t.expose('brandingSource', { type: BrandingSource, description: 'Whose branding users see.' }),
    errors: t.field({
      type: [ProvisioningError],
      description: 'What went wrong in the last attempt to create, change or delete it; empty when nothing did.',
      select: { errors: true },
      resolve: ({ errors }) => parseErrors(errors),
    }),
    vanishedAt: t.expose('vanishedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the platform was found not to have it any more, though nobody here has detached it; null while it is there, and again when it comes back.',
    }),
    version: t.exposeInt('version', {
      description:
        'Raised by one with every event of this customer: compare with ProvisioningEvent.customerVersion to see whether you have missed one.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was accepted here.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When anything about it changed last.' }),
  }),
});

export const CustomerConnection = builder.connectionObject(
  {
    type: Customer,
    name: 'CustomerConnection',
    description: 'A page of customers.',
    extensions: rowsOf('Customer'),
    fields: (t) => ({
      totalCount: t.int({ description: totalCountDescription, resolve: ({ totalCount }) => totalCount() }),
    }),
  },
  { name: 'CustomerEdge', description: 'A customer and its place in the list.' },
);

/** The partner's own, with the selection folded in; null also for no id. */
export function findCustomer(
  context: RequestContext,
  query: Pick<Prisma.CustomerFindFirstArgs, 'select' | 'include'>,
  id: string | null | undefined,
) {
  if (!id) return null;
  return context.domain.database.customer.findFirst({
    ...query,
    where: { id, partnerId: viewerOf(context).partnerId },
  });
}
