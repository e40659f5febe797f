// The last part of both ways to a new customer, the wizard's submit and provisionCustomer: all rows and the operation that
// makes them true on the platform. What is given has been judged.

import { randomUUID } from 'node:crypto';
import type { NewEvent } from '../../database/event-log.ts';
import type { Prisma } from '../../database/generated/client.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { Address, LocationDetails } from '../address.ts';
import { findCountry } from '../catalogue/countries.ts';
import type { DomainContext } from '../context.ts';
import { acceptOperation } from '../operation/accept.ts';
import type { Viewer } from '../viewer.ts';
import type { AttachAssessment } from './assess-attach.ts';
import { creationPlan } from './creation-plan.ts';
import type { PackageSelection } from './package-rules.ts';
import type { CustomerTemplate } from './rules.ts';

export interface NewCustomer {
  /** As typed; an attached organisation keeps its own. Null only with attach. */
  readonly companyName: string | null;
  /** Null only with attach: the organisation has administrators already. */
  readonly adminEmail: string | null;
  readonly externalId: string;
  readonly language: string | null;
  readonly template: CustomerTemplate;
  /** Null: the partner itself sells to it. */
  readonly subPartnerId: string | null;
  readonly packages: readonly PackageSelection[];
  readonly billingAddress: Address;
  readonly headquarters: LocationDetails | null;
  readonly meetingsTimeZone: string | null;
  /** Null: a new organisation. */
  readonly attach: AttachAssessment | null;
}

export interface CreatedCustomer {
  readonly customerId: string;
  readonly operationId: string;
}

const day = 24 * 60 * 60 * 1000;
export const consentLifetimeMs = 30 * day;

/** Call it last in the transaction: it accepts the operation. */
export async function createCustomer(
  context: DomainContext,
  transaction: Transaction,
  viewer: Viewer,
  customer: NewCustomer,
): Promise<CreatedCustomer> {
  const { packages, attach } = customer;
  const now = context.now();
  const consentId = attach?.outcome === 'CONSENT_REQUIRED' ? randomUUID() : null;
  const status = consentId === null ? 'PROVISIONING' : 'AWAITING_CONSENT';
  const { id: customerId, companyName } = await transaction.customer.create({
    data: {
      ...identityColumns(customer),
      ...organizationColumns(customer),
      ...billingColumns(customer.billingAddress),
      dataRegion: present(findCountry(customer.billingAddress.countryCode)?.dataRegion ?? null),
      partnerId: viewer.partnerId,
      status,
      createdAt: now,
      packages: { create: packages.map((selection) => ({ code: selection.package, limit: selection.limit })) },
    },
    select: { id: true, companyName: true },
  });
  const headquartersId = customer.headquarters
    ? await writeHeadquarters(transaction, viewer, customerId, customer.headquarters, now)
    : null;

  const events: NewEvent[] = [
    {
      type: 'CUSTOMER_STATUS_CHANGED',
      message: `The customer is ${status}.`,
      subject: { type: 'Customer', id: customerId },
      toStatus: status,
    },
  ];
  if (consentId !== null) {
    events.push({
      type: 'CONSENT_STATUS_CHANGED',
      message: "The consent of the organisation's administrator is PENDING.",
      subject: { type: 'AttachConsent', id: consentId },
      toStatus: 'PENDING',
    });
  }
  const operationId = await acceptOperation(
    context,
    transaction,
    viewer,
    {
      kind: attach ? 'ATTACH_CUSTOMER' : 'CREATE_CUSTOMER',
      customerId,
      message: `${attach ? 'Attaching' : 'Creating'} "${companyName}" was accepted.`,
      steps: creationPlan({ customerId, isAttach: attach !== null, consentId, packages, headquartersId }),
    },
    events,
  );
  // Last, because the row names its operation.
  if (attach && consentId !== null) {
    await transaction.attachConsent.create({
      data: {
        id: consentId,
        partnerId: viewer.partnerId,
        customerId,
        operationId,
        reasons: [...attach.consentReasons],
        sentTo: customer.adminEmail === null ? [] : [customer.adminEmail],
        requestedAt: now,
        expiresAt: new Date(now.getTime() + consentLifetimeMs),
      },
    });
  }
  return { customerId, operationId };
}

function identityColumns({
  companyName,
  adminEmail,
  externalId,
  language,
  template,
  subPartnerId,
  meetingsTimeZone,
  attach,
}: NewCustomer) {
  const attached = attach && (attach.organization.name || companyName || attach.organization.organizationId);
  return {
    companyName: attached ?? present(companyName),
    adminEmail: attach ? (adminEmail ?? '') : present(adminEmail),
    externalId,
    language,
    templateId: template.id,
    subPartnerId,
    meetingsTimeZone,
  };
}

/** What holds of the organisation from the start (A7 to A12 for one that exists). */
function organizationColumns({ attach, template }: NewCustomer) {
  const isOwnBrand = template.brandName !== null || attach?.organization.hasBasicBranding === true;
  return {
    origin: attach ? 'ATTACHED' : 'NEW',
    organizationId: attach?.organization.organizationId ?? null,
    partnerAccess: attach ? attach.resultingAccess : 'FULL_ADMIN',
    isPartnerOwnOrganization: attach?.organization.isPartnerOwnOrganization ?? false,
    restrictedByPartnerMode: attach === null,
    keepsOwnAuthentication: attach !== null,
    brandingSource: isOwnBrand ? 'PARTNER_ADVANCED' : 'PLATFORM_DEFAULT',
  } satisfies Partial<Prisma.CustomerUncheckedCreateInput>;
}

export function billingColumns(address: Address) {
  return {
    billingAddressLine1: address.addressLine1,
    billingAddressLine2: address.addressLine2,
    billingCity: address.city,
    billingStateOrProvince: address.stateOrProvince,
    billingZipOrPostalCode: address.zipOrPostalCode,
    billingCountryCode: address.countryCode,
  };
}

export async function writeHeadquarters(
  transaction: Transaction,
  viewer: Viewer,
  customerId: string,
  { address, ...details }: LocationDetails,
  now: Date,
): Promise<string> {
  const { id } = await transaction.location.create({
    data: {
      ...details,
      ...address,
      partnerId: viewer.partnerId,
      customerId,
      kind: 'HEADQUARTERS',
      status: 'PENDING',
      createdAt: now,
    },
    select: { id: true },
  });
  return id;
}

/** What the judges let through has all that a customer needs. */
function present<T>(value: T | null): T {
  if (value === null) throw new Error('a customer that was judged complete lacks a required value');
  return value;
}
