// The reference model of what a new customer is, whichever way it came (rules C1 to C8, A1 to A12).

import type { PackageWords } from '../commands.ts';
import { attachOf } from './attach.ts';
import { acceptOperation } from './operations.ts';
import type { Plan } from './operations.ts';
import { bringsCalling, note } from './reading.ts';
import type { Note, ReadAddress, ReadLocation } from './reading.ts';
import { present } from './state.ts';
import type { Model } from './state.ts';

export interface NewCustomer {
  readonly companyName: string | null;
  readonly adminEmail: string | null;
  readonly externalId: string;
  readonly template: number;
  readonly organizationId: string | null;
  readonly packages: readonly PackageWords[];
  readonly billing: ReadAddress;
  readonly headquarters: ReadLocation | null;
}

export function createCustomer(model: Model, wanted: NewCustomer): { customer: number; operation: number } {
  const attach = attachOf(wanted.organizationId);
  const template = present(model.templates[wanted.template]);
  const customer = model.customers.length;
  const status = attach?.needsConsent ? 'AWAITING_CONSENT' : 'PROVISIONING';
  model.customers.push({
    companyName: attach ? attach.name : present(wanted.companyName),
    adminEmail: wanted.adminEmail ?? '',
    externalId: wanted.externalId,
    template: wanted.template,
    status,
    origin: attach ? 'ATTACHED' : 'NEW',
    organizationId: wanted.organizationId,
    partnerAccess: attach ? attach.access : 'FULL_ADMIN',
    isPartnerOwnOrganization: attach?.isOwn ?? false,
    restrictedByPartnerMode: attach === null,
    keepsOwnAuthentication: attach !== null,
    brandingSource: template.brandName !== null || attach?.hasBasicBranding ? 'PARTNER_ADVANCED' : 'PLATFORM_DEFAULT',
    region: wanted.billing.region,
    billingCountryCode: wanted.billing.countryCode,
    version: 0,
    packages: new Map(wanted.packages.map(({ package: code, limit }) => [code, { status: 'PROVISIONING', limit }])),
  });
  if (wanted.headquarters) addHeadquarters(model, customer, wanted.headquarters);
  const isOfItsOwn = wanted.headquarters !== null && !bringsCalling(wanted.packages);
  const plan: Plan = [
    ...(attach?.needsConsent ? [['OBTAIN_CONSENT', 'the consent'] as const] : []),
    [attach ? 'ATTACH_SUBSCRIPTION' : 'CREATE_ORGANIZATION', `Customer#${customer}`],
    ['PROVISION_PACKAGES', ...wanted.packages.map(({ package: code }) => code)],
    ...(isOfItsOwn ? [['CREATE_LOCATIONS', present(wanted.headquarters).name] as const] : []),
  ];
  const operation = acceptOperation(
    model,
    customer,
    attach ? 'ATTACH_CUSTOMER' : 'CREATE_CUSTOMER',
    plan,
    [
      ['CUSTOMER_STATUS_CHANGED', null, status],
      ...(attach?.needsConsent ? [['CONSENT_STATUS_CHANGED', null, 'PENDING'] as const] : []),
    ],
    attach?.needsConsent ? 'PENDING' : null,
  );
  return { customer, operation };
}

export function addHeadquarters(model: Model, customer: number, { name, address }: ReadLocation): void {
  const { countryCode } = address;
  model.locations.push({ customer, name, kind: 'HEADQUARTERS', status: 'PENDING', countryCode });
}

/** @param except Who may have it. */
export function isExternalIdTaken(model: Model, externalId: string | null, except = -1): boolean {
  return model.customers.some(
    (customer, index) => index !== except && customer.status !== 'DELETED' && customer.externalId === externalId,
  );
}

export function judgeTemplate(model: Model, template: number | null, field: string): Note[] {
  const found = model.templates[template ?? -1];
  if (!found) return [note('NOT_FOUND', field)];
  return found.status === 'ARCHIVED' ? [note('TEMPLATE_ARCHIVED', field)] : [];
}

/** A5 */
export function judgeInvitation(
  model: Model,
  template: number | null,
  organizationId: string | null,
  field: string,
): Note[] {
  const attach = attachOf(organizationId);
  if (!attach?.needsConsent || attach.isTrial) return [];
  const isRestricted = model.templates[template ?? -1]?.restrictAdminInviteEmails === true;
  return isRestricted ? [note('INVITE_EMAILS_RESTRICTED', field)] : [];
}

/** A13, and that nobody is attached twice. */
export function judgeOrganization(model: Model, organizationId: string | null): Note[] {
  const attach = attachOf(organizationId);
  if (!attach) return [];
  if (attach.isTrial) return [note('TRIAL_ORGANIZATION', 'organizationId')];
  const isTaken = model.customers.some(
    (customer) => customer.organizationId === organizationId && !['DELETED', 'ERROR'].includes(customer.status),
  );
  return isTaken ? [note('ORGANIZATION_ALREADY_WHOLESALE', 'organizationId')] : [];
}

/** A headquarters that no calling package brings along is a location like any other, of which the platform asks more. */
export function judgeHeadquartersAddress(
  { address: { state, postalCode } }: ReadLocation,
  packages: readonly PackageWords[],
  path: readonly string[],
): Note[] {
  if (packages.length === 0 || bringsCalling(packages)) return [];
  return [
    ...(state === null ? [note('STATE_REQUIRED', ...path, 'stateOrProvince')] : []),
    ...(postalCode === null ? [note('POSTAL_CODE_REQUIRED', ...path, 'zipOrPostalCode')] : []),
  ];
}
