// What the domain asks of the platform while a person waits for the answer. main wires the adapter in; nothing here is
// durable, so a command uses it before its transaction, never inside, and can do without it.

import type { Address, LocationDetails } from './address.ts';
import type { PackageSelection } from './customer/package-rules.ts';

export interface OrganizationFacts {
  readonly organizationId: string;
  readonly name: string;
  readonly isSuggested: boolean;
  readonly userCount: number | null;
  readonly hasVerifiedDomain: boolean | null;
  readonly hasClaimedDomain: boolean | null;
  readonly isTrial: boolean | null;
  readonly isManagedByWholesalePartner: boolean | null;
  readonly isPartnerOwnOrganization: boolean | null;
  readonly isWholesaleCustomer: boolean | null;
  readonly hasBasicBranding: boolean | null;
  readonly licenseState: 'NONE' | 'ONLY_SUSPENDED_OR_CANCELLED' | 'ACTIVE' | null;
}

/** What is known of an organisation that the platform tells nothing of but its id. */
export function untoldFacts(organizationId: string): OrganizationFacts {
  return {
    organizationId,
    name: '',
    isSuggested: false,
    userCount: null,
    hasVerifiedDomain: null,
    hasClaimedDomain: null,
    isTrial: null,
    isManagedByWholesalePartner: null,
    isPartnerOwnOrganization: null,
    isWholesaleCustomer: null,
    hasBasicBranding: null,
    licenseState: null,
  };
}

export interface TemplateRegistration {
  readonly templateId: string;
  readonly name: string;
  readonly countryCode: string;
  readonly subscriptionNumber: string;
  readonly authenticationMethod: 'WEBEX' | 'PARTNER_SAML' | 'PARTNER_OIDC';
  readonly identityProvider: string | null;
  readonly pstnProviderId: string | null;
  readonly restrictAdminInviteEmails: boolean;
  readonly brandName: string | null;
  readonly disableCallOnWebex: boolean;
}

export interface DirectoryMail {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  readonly consentToken: string | null;
  readonly sentAt: Date;
}

/** Where an answer to a consent mail went: an organisation's consent, a user's move, or nowhere. */
export type ConsentAnswerResult =
  | { readonly kind: 'ATTACH'; readonly consentId: string }
  | { readonly kind: 'USER'; readonly userPlatformId: string }
  | { readonly kind: 'INVALID_TOKEN' }
  | { readonly kind: 'CLOSED' };

/** A customer as it would be asked for. */
export interface CustomerPrecheck {
  readonly provisioningId: string;
  readonly externalId: string;
  readonly packages: readonly PackageSelection[];
  readonly billingAddress: Address;
  readonly headquarters: LocationDetails | null;
  readonly meetingsTimeZone: string | null;
  readonly organizationId: string | null;
  /** Organisation of the sub-partner it is for; null: the partner itself sells to it. */
  readonly onBehalfOf: string | null;
  readonly customerInformation: {
    readonly companyName: string;
    readonly adminEmail: string;
    readonly language: string | null;
  } | null;
}

export interface PlatformDirectory {
  readonly facts: {
    readonly kind: 'SANDBOX' | 'WEBEX';
    readonly issuesProvisioningIds: boolean;
    readonly assessesAttach: boolean;
    readonly carriesConsentAnswers: boolean;
  };
  /** It has not answered for a while. */
  isAway(): boolean;
  registerTemplate(
    partnerSlug: string,
    registration: TemplateRegistration,
  ): Promise<{ readonly provisioningId: string }>;
  findOrganizations(partnerSlug: string, adminEmail: string): Promise<readonly OrganizationFacts[]>;
  /** Null: there is none, or, where facts.assessesAttach is false, this partner may not look at it. */
  getOrganization(partnerSlug: string, organizationId: string): Promise<OrganizationFacts | null>;
  /** Changes nothing. Throws a failure of kind "rejected" where the platform would refuse the customer. */
  precheckCustomer(partnerSlug: string, customer: CustomerPrecheck): Promise<void>;
  /** Takes effect for good, once; what comes of an attach consent is for its operation to find out. */
  answerConsent(partnerSlug: string, token: string, decision: 'APPROVE' | 'DECLINE'): Promise<ConsentAnswerResult>;
  /** CLOSED: it was answered before. A consent whose mail is still to go out counts as sent. */
  resendAttachConsent(partnerSlug: string, consentId: string): Promise<'SENT' | 'CLOSED'>;
  /** Has the platform take no answer any more. One that was given before stays there. */
  withdrawAttachConsent(partnerSlug: string, consentId: string): Promise<void>;
  /** Mails a user again who was asked to move a free account. */
  resendUserConsent(partnerSlug: string, userPlatformId: string): Promise<void>;
  listMails(partnerSlug: string, to: string | null): Promise<readonly DirectoryMail[]>;
}
