// The port to the platform that really provisions (Webex, or the sandbox that imitates it), in the gateway's own words.
// Whoever implements it maps these words to the wire; whoever calls it never sees a REST field name, status code or URL.
//
// Every method may throw PlatformFailure (failure.ts) and nothing else that is expected. No method repeats a write by
// itself: the caller looks (find…, list…) before it writes, and looks again after a failure of kind "unknown".

/** What differs between platforms; answered by Query.platform. */
export interface PlatformFacts {
  readonly kind: 'SANDBOX' | 'WEBEX';
  /** False: nobody issues provisioning IDs over the API, an operator links the one from Partner Hub. */
  readonly issuesProvisioningIds: boolean;
  /** False: the facts that decide an attach (users, domains, licences) cannot be asked beforehand. */
  readonly assessesAttach: boolean;
  /** False: attach consent is answered on the platform itself and only observed from here. */
  readonly carriesConsentAnswers: boolean;
}

export interface Platform {
  readonly facts: PlatformFacts;
  /** The platform as one partner sees it, with that partner's credentials. Cheap; no call is made. */
  forPartner(partner: PartnerReference): PartnerPlatform;
  /** It has not answered for a while: calls are refused until it does. */
  isAway(): boolean;
  /** Releases connections; calls under way end with a failure of kind "unknown". */
  close(): Promise<void>;
}

export interface PartnerReference {
  readonly slug: string;
  /** Organisation of the sub-partner that everything is asked for; missing or null: the partner itself. */
  readonly onBehalfOf?: string | null;
}

/** A reseller below the partner. */
export interface PlatformSubPartner {
  readonly organizationId: string;
  readonly subscriptionNumber: string | null;
  /** SUSPENDED: it may remove and detach, and nothing else. A state that is not known here counts as that. */
  readonly state: 'ACTIVE' | 'SUSPENDED';
  readonly setUpAt: Date | null;
  readonly billingStartDate: Date | null;
}

export type PackageCode =
  | 'COMMON_AREA_CALLING'
  | 'WEBEX_CALLING'
  | 'WEBEX_CALLING_STANDARD'
  | 'WEBEX_VOICE'
  | 'WEBEX_SUITE'
  | 'WEBEX_MEETINGS'
  | 'CX_ESSENTIALS'
  | 'ATTENDANT_CONSOLE'
  | 'CISCO_CALLING_PLAN'
  | 'CX_PREMIUM_AGENT'
  | 'CX_STANDARD_AGENT'
  | 'CX_VOICE_PORTS'
  | 'CX_AI_ASSISTANT'
  | 'WEBEX_AI_AGENT';

export interface PlatformAddress {
  readonly addressLine1: string;
  readonly addressLine2: string | null;
  readonly city: string;
  readonly stateOrProvince: string | null;
  readonly zipOrPostalCode: string | null;
  /** ISO 3166-1 alpha-2 */
  readonly countryCode: string;
}

export interface LocationRequest {
  readonly name: string;
  readonly address: PlatformAddress;
  /** IANA */
  readonly timeZone: string;
  /** en_us form */
  readonly language: string;
  /** Null: as language. */
  readonly announcementLanguage: string | null;
  readonly emergencyLocationIdentifier: string | null;
}

/** Something the platform reports of an asynchronous attempt that went wrong. */
export interface PlatformIssue {
  readonly platformCode: string | null;
  readonly message: string;
}

// ---------------------------------------------------------------------------------------------- templates and organisations

export interface TemplateRegistration {
  /** The gateway's id; registering the same id again answers the same provisioning ID. */
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

/** An organisation that exists already. Null: the platform does not tell. */
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

// ---------------------------------------------------------------------------------------------- customers

export interface CustomerRequest {
  readonly externalId: string;
  readonly packages: readonly { readonly package: PackageCode; readonly limit: number | null }[];
  readonly billingAddress: PlatformAddress;
  /** Required with a calling package. */
  readonly headquarters: LocationRequest | null;
  readonly meetingsTimeZone: string | null;
}

export interface CreateCustomerRequest extends CustomerRequest {
  readonly provisioningId: string;
  /** An existing organisation: attach. Null: a new one. */
  readonly organizationId: string | null;
  /** Required for a new organisation. */
  readonly customerInformation: {
    readonly companyName: string;
    readonly adminEmail: string;
    /** en or en_US form */
    readonly language: string | null;
  } | null;
}

export type PlatformCustomerStatus =
  | 'PROVISIONING'
  | 'PENDING_COMPLIANCE_REVIEW'
  | 'PROVISIONED'
  | 'PROVISIONED_WITH_ERRORS'
  | 'UPDATING'
  | 'DELETING'
  | 'ERROR'
  /** A status this version does not know: neither settled nor failed; look again later. */
  | 'UNRECOGNIZED';

export interface PlatformCustomer {
  readonly platformId: string;
  readonly externalId: string;
  readonly organizationId: string | null;
  /** Null: the platform did not tell. */
  readonly billingAddress: PlatformAddress | null;
  readonly status: PlatformCustomerStatus;
  readonly packages: readonly PlatformCustomerPackage[];
  readonly errors: readonly PlatformIssue[];
}

export interface PlatformCustomerPackage {
  readonly package: PackageCode;
  readonly status: 'PROVISIONING' | 'PROVISIONED' | 'DELETING' | 'ERROR' | 'UNRECOGNIZED';
  readonly errors: readonly PlatformIssue[];
  readonly warnings: readonly PlatformIssue[];
}

// ---------------------------------------------------------------------------------------------- locations and numbers

export interface PlatformLocation {
  readonly platformId: string;
  readonly name: string;
  /** Null where the platform left something out that every location has. */
  readonly details: Pick<LocationRequest, 'address' | 'timeZone' | 'language' | 'announcementLanguage'> | null;
}

export interface PlatformNumber {
  /** E.164 */
  readonly number: string;
  readonly locationPlatformId: string;
  /** Who has it: a person, or by an id no user has a workspace, a hunt group and the like; null while it is free. */
  readonly ownerPersonId: string | null;
  readonly isMain: boolean;
}

export interface NumberAvailability {
  readonly number: string;
  readonly isAvailable: boolean;
  readonly issue: PlatformIssue | null;
}

// ---------------------------------------------------------------------------------------------- users

export interface CreateUserRequest {
  readonly customerPlatformId: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly package: PackageCode;
  /** Calling packages only. */
  readonly calling: {
    readonly locationPlatformId: string | null;
    readonly phoneNumber: string | null;
    readonly extension: string | null;
  } | null;
}

export interface UpdateUserRequest {
  readonly package: PackageCode;
  readonly calling: CreateUserRequest['calling'];
}

export interface PlatformUser {
  readonly platformId: string;
  readonly personId: string | null;
  readonly customerPlatformId: string;
  readonly email: string;
  readonly package: PackageCode | null;
  readonly status: 'PROVISIONED' | 'AWAITING_USER_CONSENT' | 'UNRECOGNIZED';
  readonly errors: readonly PlatformIssue[];
  readonly lastStatusChangeAt: Date;
}

export type OrganizationRole =
  | 'FULL_ADMIN'
  | 'READ_ONLY_ADMIN'
  | 'SUPPORT_ADMIN'
  | 'USER_AND_DEVICE_ADMIN'
  | 'DEVICE_ADMIN'
  | 'COMPLIANCE_OFFICER'
  | 'LOCATION_ADMIN'
  | 'ADVANCED_TROUBLESHOOTING';

/** Somebody in an organisation, with or without a package; it is here that names are. */
export interface PlatformPerson {
  readonly personId: string;
  readonly email: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly extension: string | null;
  readonly locationPlatformId: string | null;
  /** Those that have a word here. */
  readonly roles: readonly OrganizationRole[];
}

/** Part of a list. nextPage goes to the same method, later or in another process; null: this was the last. */
export interface CustomerPage {
  readonly customers: readonly PlatformCustomer[];
  readonly nextPage: string | null;
}

// ---------------------------------------------------------------------------------------------- consent and mail (sandbox)

export interface AttachConsentRequest {
  readonly organizationId: string;
  readonly reasons: readonly string[];
  /** The gateway's id of the request: asking twice with the same id sends one mail. */
  readonly consentId: string;
}

export interface PlatformAttachConsent {
  readonly consentId: string;
  readonly status: 'PENDING' | 'APPROVED' | 'DECLINED' | 'WITHDRAWN';
  readonly sentTo: readonly string[];
  readonly decidedAt: Date | null;
}

export interface PlatformMail {
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

// ---------------------------------------------------------------------------------------------- what can be asked

export interface PartnerPlatform {
  /** Only where facts.issuesProvisioningIds. */
  registerTemplate(request: TemplateRegistration): Promise<{ readonly provisioningId: string }>;
  /** Organisations that the person with this e-mail administers, the suggested one first; empty where nobody tells. */
  findOrganizations(adminEmail: string): Promise<readonly OrganizationFacts[]>;
  getOrganization(organizationId: string): Promise<OrganizationFacts | null>;

  listSubPartners(): Promise<readonly PlatformSubPartner[]>;

  findCustomerByExternalId(externalId: string): Promise<PlatformCustomer | null>;
  getCustomer(platformId: string): Promise<PlatformCustomer | null>;
  /** Every page. onlyUnsettled: the platform is asked to leave out those on which nobody works at the moment. */
  listCustomers(filter?: { readonly onlyUnsettled?: boolean }): Promise<readonly PlatformCustomer[]>;
  /** @param page null: the first. A page that the platform does not know any more is refused. */
  listCustomerPage(page: string | null): Promise<CustomerPage>;
  /** Accepted, not done: watch getCustomer. */
  createCustomer(request: CreateCustomerRequest): Promise<{ readonly platformId: string }>;
  updateCustomer(platformId: string, request: CustomerRequest): Promise<void>;
  /** Removes the wholesale services; the organisation stays. */
  detachCustomer(platformId: string): Promise<void>;
  /** Throws a failure of kind "rejected" where createCustomer would be refused. */
  precheckCustomer(request: CreateCustomerRequest): Promise<void>;

  listPeople(organizationId: string): Promise<readonly PlatformPerson[]>;
  listLocations(organizationId: string): Promise<readonly PlatformLocation[]>;
  createLocation(organizationId: string, request: LocationRequest): Promise<{ readonly platformId: string }>;

  listNumbers(organizationId: string): Promise<readonly PlatformNumber[]>;
  validateNumbers(organizationId: string, numbers: readonly string[]): Promise<readonly NumberAvailability[]>;
  addNumbers(organizationId: string, locationPlatformId: string, numbers: readonly string[]): Promise<void>;

  listUsers(
    customerPlatformId: string,
    filter?: { readonly email?: string; readonly changedSince?: Date },
  ): Promise<readonly PlatformUser[]>;
  /** Of all customers. */
  listAllUsers(): Promise<readonly PlatformUser[]>;
  /** Of all customers: whose status, or what is wrong with it, has changed since; also those created since. */
  listChangedUsers(changedSince: Date): Promise<readonly PlatformUser[]>;
  getUser(platformId: string): Promise<PlatformUser | null>;
  createUser(request: CreateUserRequest): Promise<PlatformUser>;
  updateUser(platformId: string, request: UpdateUserRequest): Promise<PlatformUser>;
  removeUser(platformId: string): Promise<void>;
  precheckUser(request: CreateUserRequest): Promise<void>;
  resendUserConsent(platformId: string): Promise<void>;
  assignRoles(organizationId: string, personId: string, roles: readonly OrganizationRole[]): Promise<void>;

  /** The rest only where facts.carriesConsentAnswers. */
  requestAttachConsent(request: AttachConsentRequest): Promise<PlatformAttachConsent>;
  getAttachConsent(consentId: string): Promise<PlatformAttachConsent | null>;
  resendAttachConsent(consentId: string): Promise<void>;
  /** Nobody can answer it any more. One that was answered before stays as it was answered: the status tells. */
  withdrawAttachConsent(consentId: string): Promise<PlatformAttachConsent>;
  answerConsent(token: string, decision: 'APPROVE' | 'DECLINE'): Promise<ConsentAnswerResult>;
  /** Newest first; where there is no mailbox, empty. */
  listMails(to: string | null): Promise<readonly PlatformMail[]>;
}
