// What the reference model remembers: everything of one partner, by number in order of creation.

import type { PackageCode } from '../../../src/database/generated/enums.ts';
import type { Answer, PackageWords } from '../commands.ts';
import type { Note, ReadAddress, ReadLocation } from './reading.ts';

export interface TemplateValues {
  name: string | null;
  countryCode: string | null;
  isAdminKnown: boolean;
  isSubscriptionKnown: boolean;
  method: string | null;
  samlIdpEntityId: string | null;
  oidcIdpName: string | null;
  pstnProviderId: string | null;
  restrictAdminInviteEmails: boolean;
  brandName: string | null;
  disableCallOnWebex: boolean;
}

export interface Template extends TemplateValues {
  status: 'ACTIVE' | 'AWAITING_PROVISIONING_ID' | 'ARCHIVED';
  provisioningId: string | null;
  version: number;
}

/** What all wizards' drafts have in common. */
export interface Draft {
  version: number;
  status: 'OPEN' | 'SUBMITTED' | 'DISCARDED';
  expiresAtMinute: number;
  saved: string[];
  /** As of the last save: step, state and issues. */
  steps: string[];
  currentStep: string;
  warnings: string[];
}

export interface TemplateDraft extends Draft {
  values: TemplateValues;
  edits: number | null;
  template: number | null;
}

export interface CustomerDraftValues {
  adminEmail: string;
  organizationId: string | null;
  companyName: string | null;
  externalId: string | null;
  /** -1: none that exists. */
  template: number | null;
  packages: readonly PackageWords[];
  headquarters: ReadLocation | null;
  billing: ReadAddress | null;
  isConfirmed: boolean;
}

export interface CustomerDraft extends Draft {
  candidates: readonly string[];
  values: CustomerDraftValues;
  customer: number | null;
  operation: number | null;
}

export interface Customer {
  companyName: string;
  adminEmail: string;
  externalId: string;
  template: number;
  status: string;
  origin: 'NEW' | 'ATTACHED';
  organizationId: string | null;
  partnerAccess: string | null;
  isPartnerOwnOrganization: boolean;
  restrictedByPartnerMode: boolean;
  keepsOwnAuthentication: boolean;
  brandingSource: string;
  region: string;
  billingCountryCode: string;
  version: number;
  packages: Map<PackageCode, { status: string; limit: number | null }>;
}

export interface Location {
  customer: number;
  name: string;
  kind: 'HEADQUARTERS' | 'BRANCH';
  status: string;
  countryCode: string;
}

export interface User {
  customer: number;
  email: string;
  package: PackageCode;
  status: string;
  /** By name. */
  location: string | null;
  extension: string | null;
  isCustomerAdmin: boolean;
  /** It is known at the platform. */
  isThere: boolean;
  isGone: boolean;
}

export interface PhoneNumber {
  customer: number;
  number: string;
  location: string;
  status: string;
  /** E-mail address. */
  user: string | null;
}

/** A user who is to be, every value of it readable. */
export interface WantedUser {
  readonly email: string;
  readonly package: PackageCode;
  readonly location: string | null;
  readonly phoneNumber: string | null;
  readonly extension: string | null;
}

export interface SetupDraft extends Draft {
  customer: number;
  locations: readonly ReadLocation[];
  users: readonly (WantedUser & { readonly position: number; readonly names: string })[];
  operation: number | null;
}

export interface Operation {
  customer: number;
  kind: string;
  status: string;
  version: number;
  steps: { readonly kind: string; status: string; readonly items: readonly string[] }[];
  /** Of the organisation's administrator; null: nobody was asked. */
  consent: string | null;
}

export interface Event {
  readonly position: number;
  readonly type: string;
  readonly customer: number | null;
  readonly customerVersion: number | null;
  readonly operation: number | null;
  readonly from: string | null;
  readonly to: string | null;
}

export interface Model {
  minute: number;
  readonly templates: Template[];
  readonly templateDrafts: TemplateDraft[];
  readonly customerDrafts: CustomerDraft[];
  readonly customers: Customer[];
  readonly locations: Location[];
  readonly users: User[];
  readonly numbers: PhoneNumber[];
  readonly setupDrafts: SetupDraft[];
  readonly operations: Operation[];
  readonly events: Event[];
  /** Answers kept under an idempotency key: for which input. */
  readonly kept: Map<string, { readonly input: string; readonly answer: Answer }>;
  /** External ids that were chosen for customers who came without. */
  generatedIds: number;
}

export function refusedWith(notes: readonly Note[]): Answer {
  return { problems: [...notes].sort() };
}

export function doneWith(done: Readonly<Record<string, string | number | null>>): Answer {
  return { done };
}

export function tell(
  model: Model,
  type: string,
  { customer = null, operation = null, from = null, to = null }: Partial<Event>,
): void {
  model.events.push({
    position: model.events.length + 1,
    type,
    customer,
    customerVersion: customer === null ? null : ++present(model.customers[customer]).version,
    operation,
    from,
    to,
  });
  if (operation !== null) present(model.operations[operation]).version++;
}

export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined)
    throw new Error('the reference model lacks something that should be there');
  return value;
}
