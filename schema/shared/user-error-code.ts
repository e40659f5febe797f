// The codes of expected failures: problem.ts of the domain, as clients see them.

import { builder } from '../builder.ts';
import { openEnum } from './open-enum.ts';

export const UserErrorCode = builder.enumType('UserErrorCode', {
  description: openEnum('Why an input was refused, for programs. The message beside it says the same for people.'),
  values: {
    REQUIRED: { description: 'A value is missing or empty.' },
    TOO_LONG: { description: 'A text has more characters than allowed; the message names the limit.' },
    INVALID_FORMAT: {
      description: 'A value is not written as expected, for instance no e-mail address or no E.164 phone number.',
    },
    INVALID_VALUE: { description: 'A value is well written but cannot be used here.' },
    DUPLICATE: { description: 'The same value was given twice where each must be different.' },
    TOO_MANY: { description: 'A list has more entries than allowed; the message names the limit.' },
    NOT_FOUND: { description: 'The id names nothing, or something of another partner: these look alike.' },
    NAME_TAKEN: { description: 'Another of your templates has this name.' },
    EXTERNAL_ID_TAKEN: { description: 'Another of your customers has this external id.' },
    EMAIL_TAKEN: {
      description:
        'A user with this e-mail address exists already; in Webex an address belongs to one organisation only.',
    },
    IDP_ENTITY_ID_REQUIRED: {
      description: 'Signing in by SAML was chosen without the entity ID of the identity provider.',
    },
    OIDC_IDP_NAME_REQUIRED: {
      description: 'Signing in by OpenID Connect was chosen without the IDP name agreed with Cisco TAC.',
    },
    IDP_FIELD_NOT_ALLOWED: {
      description: 'An identity provider was named that the chosen way of signing in does not use.',
    },
    SAML_METADATA_INVALID: {
      description: 'The XML is no SAML metadata, names no entity ID, or names another one than the field beside it.',
    },
    TEMPLATE_IN_USE: { description: 'Customers were created with the template, so it cannot be archived.' },
    TEMPLATE_ARCHIVED: { description: 'The template is archived and cannot be used or changed any more.' },
    STEP_OUT_OF_ORDER: { description: 'An earlier screen of the wizard has to be saved first.' },
    DRAFT_INCOMPLETE: { description: 'The draft cannot be submitted yet: a screen is missing or has issues.' },
    DRAFT_EXPIRED: { description: 'The draft was left alone for too long; start a new one.' },
    DRAFT_CLOSED: { description: 'The draft was submitted or discarded and cannot be changed any more.' },
    VERSION_CONFLICT: {
      description: 'Somebody else saved in the meantime: load the draft again and repeat your change.',
    },
    IDEMPOTENCY_MISMATCH: { description: 'The idempotency key was used before, with another input.' },
    STATE_REQUIRED: { description: 'Addresses in this country need a state or province.' },
    POSTAL_CODE_REQUIRED: { description: 'Addresses in this country need a postal code.' },
    COUNTRY_UNSUPPORTED: { description: 'Webex for Wholesale is not offered in this country; see Query.countries.' },
    TIME_ZONE_UNSUPPORTED: { description: 'The time zone is none of Query.timeZones.' },
    LANGUAGE_UNSUPPORTED: { description: 'The language is none of Query.languages.' },
    SUPPORTED_LOCATION_NOT_CONFIRMED: {
      description: 'Nobody has confirmed that the headquarters lies where Webex is supported.',
    },
    CALLING_LOCATION_REQUIRED: { description: 'A calling package was chosen, but there is no headquarters for it.' },
    PACKAGE_REQUIRED: { description: 'A customer needs at least one package.' },
    PACKAGE_DEPENDENCY_UNMET: { description: 'An add-on was chosen without any of the packages it can be added to.' },
    PACKAGE_NOT_ASSIGNABLE: {
      description: 'The package belongs to the customer as a whole and cannot be given to a user.',
    },
    PACKAGE_NOT_IN_CUSTOMER: { description: 'The user would get a package that the customer does not have.' },
    PACKAGE_LIMIT_EXCEEDED: { description: 'More users would have the package than the limit of the customer allows.' },
    PACKAGE_IN_USE: { description: 'Users still have the package, so the customer cannot lose it.' },
    ORGANIZATION_NOT_FOUND: { description: 'There is no such Webex organisation, or it cannot be seen.' },
    ORGANIZATION_ALREADY_WHOLESALE: { description: 'The organisation is managed by a wholesale partner already.' },
    TRIAL_ORGANIZATION: { description: 'The organisation is on trial; trials cannot be converted.' },
    INVITE_EMAILS_RESTRICTED: {
      description: 'Consent would have to be asked for by mail, which the template forbids.',
    },
    CONSENT_TOKEN_INVALID: { description: 'The consent token names no request.' },
    CONSENT_CLOSED: { description: 'The consent request was answered already or has expired.' },
    PARTNER_OWN_ORGANIZATION_API_ONLY: {
      description:
        "This is the partner's own organisation: it is provisioned through the API only, not through wizards.",
    },
    CUSTOMER_NOT_PROVISIONED: { description: 'The customer is not provisioned yet, or no longer.' },
    SUB_PARTNER_SUSPENDED: {
      description:
        'The sub-partner is suspended by Cisco, or gone: its customers can be detached and their users removed, and nothing else.',
    },
    CUSTOMER_BUSY: { description: 'Another operation of the customer has not ended; wait for it.' },
    NUMBER_OR_EXTENSION_REQUIRED: {
      description: 'A user with a calling package needs a phone number, an extension, or both.',
    },
    NUMBER_NOT_ALLOWED: { description: 'A user without a calling package cannot have a phone number or an extension.' },
    NUMBER_UNAVAILABLE: { description: 'Somebody has the phone number already, or it belongs to another location.' },
    EXTENSION_RESERVED: { description: 'The extension would shadow an emergency or service number.' },
    EXTENSION_TAKEN: { description: 'Another user of the customer has this extension.' },
    ADMIN_PACKAGE_DOWNGRADE: {
      description: "The customer's administrator would get less than the package the organisation was created with.",
    },
    OPERATION_NOT_RETRYABLE: { description: 'The operation has not failed, so there is nothing to try again.' },
    OPERATION_NOT_CANCELLABLE: { description: 'The operation has ended or has gone too far to be cancelled.' },
    USER_NOT_PROVISIONED: { description: 'The platform does not have the user yet, or not any more.' },
    USER_BUSY: { description: 'Other work on the user has not ended; wait for it.' },
    USER_NOT_AWAITING_CONSENT: { description: 'The user is not waiting for any consent.' },
    PLATFORM_REJECTED: { description: 'The platform refused, for a reason that we have no code of our own for.' },
    PLATFORM_UNAVAILABLE: { description: 'The platform could not be reached; try again later.' },
  },
});
