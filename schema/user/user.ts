// The people who use what a customer has.

import type { Prisma } from '../../src/database/generated/client.ts';
import { packageOfferings } from '../../src/domain/catalogue/packages.ts';
import { parseErrors } from '../../src/domain/operation/provisioning-error.ts';
import { builder } from '../builder.ts';
import { PackageOffering } from '../catalogue/package-offering.ts';
import { viewerOf } from '../context.ts';
import type { RequestContext } from '../context.ts';
import { rowsOf, totalCountDescription } from '../shared/connection.ts';
import { openEnum } from '../shared/open-enum.ts';
import { ProvisioningError } from '../shared/provisioning-error.ts';

export const UserStatus = builder.enumType('UserStatus', {
  description: openEnum('Where a user stands.'),
  values: {
    PENDING: { description: 'Waiting for its turn in an operation.' },
    PROVISIONING: { description: 'The platform is creating it.' },
    AWAITING_USER_CONSENT: {
      description: 'The person has a free Webex account already and was asked by mail to move it to this organisation.',
    },
    PROVISIONED: { description: 'The person can sign in and use the package.' },
    UPDATING: { description: 'The platform is changing it.' },
    DELETING: { description: 'The platform is removing it.' },
    ERROR: { description: 'It could not be created, changed or removed: see `errors`.' },
  },
});

export const OrganizationRole = builder.enumType('OrganizationRole', {
  description: openEnum(
    "What a user may administer in the customer's own Control Hub. A change can take up to ten minutes to be felt.",
  ),
  values: {
    FULL_ADMIN: { description: 'Everything in the organisation.' },
    READ_ONLY_ADMIN: { description: 'Look at everything, change nothing.' },
    SUPPORT_ADMIN: { description: 'Look at users and troubleshoot for them.' },
    USER_AND_DEVICE_ADMIN: { description: 'Manage people and their devices.' },
    DEVICE_ADMIN: { description: 'Manage devices only.' },
    COMPLIANCE_OFFICER: { description: 'Search and export what people wrote, for legal purposes.' },
    LOCATION_ADMIN: { description: 'Manage single locations.' },
    ADVANCED_TROUBLESHOOTING: { description: 'See details of meetings and calls to find faults.' },
  },
});

export const User = builder.prismaNode('User', {
  description: 'A person at a customer who has a package.',
  id: { field: 'id' },
  findUnique: (id, context) => ({ id, partnerId: viewerOf(context).partnerId }),
  nullable: true,
  select: { id: true },
  fields: (t) => ({
    customer: t.relation('customer', { description: 'Where the person works.' }),
    location: t.relation('location', {
      nullable: true,
      description: 'The site the person belongs to; it decides which phone numbers fit. Null for users without one.',
    }),
    firstName: t.exposeString('firstName', { description: 'Given name.' }),
    lastName: t.exposeString('lastName', { description: 'Family name.' }),
    email: t.exposeString('email', {
      description: 'In lower case. In Webex an address belongs to one organisation only.',
    }),
    package: t.field({
      type: PackageOffering,
      description: 'What the person can use; each has exactly one.',
      select: { package: true },
      resolve: (user) => packageOfferings[user.package],
    }),
    phoneNumber: t.string({
      nullable: true,
      description: 'Direct number in E.164 form; null for users with an extension only, and for those without calling.',
      select: { phoneNumber: { select: { number: true } } },
      resolve: ({ phoneNumber }) => phoneNumber?.number ?? null,
    }),
    extension: t.exposeString('extension', {
      nullable: true,
      description: 'Short number inside the company; null when there is none.',
    }),
    status: t.expose('status', { type: UserStatus, description: 'Whether the person can sign in yet.' }),
    isCustomerAdmin: t.exposeBoolean('isCustomerAdmin', {
      description:
        'True for the first user of a new organisation, who becomes its full administrator. Never true in an attached one.',
    }),
    roles: t.expose('roles', {
      type: [OrganizationRole],
      description: "What the person may administer in the customer's Control Hub; empty for most.",
    }),
    errors: t.field({
      type: [ProvisioningError],
      description: 'What went wrong in the last attempt; empty when nothing did.',
      select: { errors: true },
      resolve: ({ errors }) => parseErrors(errors),
    }),
    vanishedAt: t.expose('vanishedAt', {
      type: 'DateTime',
      nullable: true,
      description:
        'When the platform was found not to have the user any more, though nobody here has removed it; null while it is there.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was accepted here.' }),
    lastStatusChangeAt: t.expose('lastStatusChangeAt', {
      type: 'DateTime',
      description: 'Since when `status` is what it is.',
    }),
  }),
});

export const UserConnection = builder.connectionObject(
  {
    type: User,
    name: 'UserConnection',
    description: 'A page of users.',
    extensions: rowsOf('User'),
    fields: (t) => ({
      totalCount: t.int({ description: totalCountDescription, resolve: ({ totalCount }) => totalCount() }),
    }),
  },
  { name: 'UserEdge', description: 'A user and its place in the list.' },
);

/** The partner's own, with the selection folded in; null also for no id. */
export function findUser(
  context: RequestContext,
  query: Pick<Prisma.UserFindFirstArgs, 'select' | 'include'>,
  id: string | null | undefined,
) {
  if (!id) return null;
  return context.domain.database.user.findFirst({ ...query, where: { id, partnerId: viewerOf(context).partnerId } });
}
