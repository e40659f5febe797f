// What a generated sequence is made of: commands of the domain as plain data, so that a failing sequence can be read. Things
// are named by their number in order of creation; in a generated command the number is taken modulo how many there are
// (pin.ts), in a pinned one it is exact, and a negative one names what this partner does not have.

import type { PackageCode } from '../../src/database/generated/enums.ts';

export type Ref = number;
/** Names nothing at all. */
export const missing: Ref = -1;
/** Names what another partner has. */
export const foreign: Ref = -2;

/** Names, in a generated command, the one that was there first. */
export const oldest: Ref = Number.MAX_SAFE_INTEGER;

/** How far behind the draft's version the caller is; null: the caller does not say. */
export type Staleness = number | null;

export interface AddressWords {
  readonly addressLine1: string;
  readonly city: string;
  readonly stateOrProvince: string | null;
  readonly zipOrPostalCode: string | null;
  readonly countryCode: string;
}

export interface LocationWords {
  readonly name: string;
  readonly address: AddressWords;
  readonly timeZone: string;
  readonly language: string;
}

export interface PackageWords {
  readonly package: PackageCode;
  readonly limit: number | null;
}

interface DraftCommand {
  readonly draft: Ref;
  readonly staleBy: Staleness;
}

export type TemplateCommand =
  | { readonly kind: 'startTemplateDraft'; readonly edit: Ref | null; readonly copy: Ref | null }
  | ({
      readonly kind: 'savePrimarySettings';
      readonly name: string;
      readonly countryCode: string;
      readonly isAdminKnown: boolean;
      readonly isSubscriptionKnown: boolean;
    } & DraftCommand)
  | ({
      readonly kind: 'saveAuthentication';
      readonly method: 'WEBEX' | 'PARTNER_SAML' | 'PARTNER_OIDC';
      readonly samlIdpEntityId: string | null;
      readonly oidcIdpName: string | null;
    } & DraftCommand)
  | ({ readonly kind: 'saveCalling'; readonly pstnProviderId: string | null } & DraftCommand)
  | ({
      readonly kind: 'saveCommonSettings';
      readonly restrictAdminInviteEmails: boolean;
      readonly brandName: string | null;
      readonly disableCallOnWebex: boolean;
    } & DraftCommand)
  | ({ readonly kind: 'submitTemplateDraft'; readonly isPlatformAway: boolean } & DraftCommand)
  | { readonly kind: 'discardTemplateDraft'; readonly draft: Ref }
  | { readonly kind: 'archiveTemplate'; readonly template: Ref }
  | { readonly kind: 'linkProvisioningId'; readonly template: Ref; readonly provisioningId: string };

export type CustomerWizardCommand =
  | { readonly kind: 'startCustomerDraft'; readonly adminEmail: string }
  | ({ readonly kind: 'chooseOrganization'; readonly organizationId: string | null } & DraftCommand)
  | ({
      readonly kind: 'saveInformation';
      readonly companyName: string;
      readonly template: Ref;
      readonly adminEmail: string | null;
      readonly externalId: string | null;
    } & DraftCommand)
  | ({ readonly kind: 'savePackages'; readonly packages: readonly PackageWords[] } & DraftCommand)
  | ({
      readonly kind: 'saveHeadquarters';
      readonly location: LocationWords;
      readonly billingAddress: AddressWords | null;
      readonly supportedLocationConfirmed: boolean;
    } & DraftCommand)
  | ({ readonly kind: 'submitCustomerDraft' } & DraftCommand)
  | { readonly kind: 'discardCustomerDraft'; readonly draft: Ref };

/** Commands that carry an idempotency key. Null: one that nobody used before. */
interface Keyed {
  readonly key: string | null;
}

export type KeyedCommand =
  | ({
      readonly kind: 'provisionCustomer';
      /** Whose provisioning ID is given; where it has none, one that nobody has. */
      readonly template: Ref;
      readonly externalId: string;
      readonly packages: readonly PackageWords[];
      readonly billingAddress: AddressWords;
      readonly organizationId: string | null;
      readonly customerInformation: { readonly companyName: string; readonly adminEmail: string } | null;
      readonly headquarters: LocationWords | null;
      readonly validateOnly: boolean;
    } & Keyed)
  | ({
      readonly kind: 'updateCustomer';
      readonly customer: Ref;
      readonly packages: readonly PackageWords[] | null;
      readonly externalId: string | null;
      readonly billingAddress: AddressWords | null;
      readonly headquarters: LocationWords | null;
      readonly validateOnly: boolean;
    } & Keyed)
  | ({ readonly kind: 'detachCustomer'; readonly customer: Ref } & Keyed);

/** A user as people type one. */
export interface UserWords {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly package: PackageCode;
  readonly locationName: string;
  readonly phoneNumber: string | null;
  readonly extension: string | null;
}

export interface AssignmentWords {
  readonly email: string;
  readonly phoneNumber: string | null;
  readonly extension: string | null;
}

export type SetupCommand =
  | { readonly kind: 'startSetupDraft'; readonly customer: Ref }
  | ({ readonly kind: 'saveSetupLocations'; readonly locations: readonly LocationWords[] } & DraftCommand)
  | ({ readonly kind: 'saveSetupUsers'; readonly users: readonly UserWords[] } & DraftCommand)
  | ({ readonly kind: 'importSetupUsers'; readonly users: readonly UserWords[] } & DraftCommand)
  | ({ readonly kind: 'saveSetupPhoneNumbers'; readonly assignments: readonly AssignmentWords[] } & DraftCommand)
  | ({ readonly kind: 'submitSetupDraft' } & DraftCommand)
  | { readonly kind: 'discardSetupDraft'; readonly draft: Ref };

/** Locations are named by what they are called; null: none is named. */
export type UserCommand =
  | ({
      readonly kind: 'provisionUser';
      readonly customer: Ref;
      readonly user: Omit<UserWords, 'locationName'>;
      readonly location: string | null;
      readonly validateOnly: boolean;
    } & Keyed)
  | ({
      readonly kind: 'updateUser';
      readonly person: Ref;
      readonly package: PackageCode | null;
      readonly location: string | null;
      readonly phoneNumber: string | null;
      readonly extension: string | null;
    } & Keyed)
  | ({ readonly kind: 'removeUser'; readonly person: Ref } & Keyed)
  | ({
      readonly kind: 'assignRoles';
      readonly person: Ref;
      readonly roles: readonly ('FULL_ADMIN' | 'SUPPORT_ADMIN')[];
    } & Keyed)
  | ({ readonly kind: 'addLocation'; readonly customer: Ref; readonly location: LocationWords } & Keyed)
  | ({
      readonly kind: 'addPhoneNumbers';
      readonly customer: Ref;
      readonly location: string;
      readonly numbers: readonly string[];
    } & Keyed);

export type OperationCommand =
  | { readonly kind: 'cancelOperation'; readonly operation: Ref }
  | { readonly kind: 'retryOperation'; readonly operation: Ref };

export type OtherCommand =
  /** The last command that carried a key, once more, word by word. */
  { readonly kind: 'again' } | { readonly kind: 'wait'; readonly minutes: number };

export type PinnedCommand =
  | TemplateCommand
  | CustomerWizardCommand
  | KeyedCommand
  | SetupCommand
  | UserCommand
  | OperationCommand
  | Exclude<OtherCommand, { readonly kind: 'again' }>;

export type Command = PinnedCommand | OtherCommand;

/** What a command answers: what it is about, by name, or its problems as code and path, sorted. */
export type Answer =
  { readonly done: Readonly<Record<string, string | number | null>> } | { readonly problems: readonly string[] };
