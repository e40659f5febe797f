// Expected failures, as values. A problem says what was expected, what was found and where, for the person who must act.
// How a problem is shown to clients is schema/shared/user-error.ts's business.

/** Every code with the type of error that carries it; clients switch on either. */
export const problemTypes = {
  REQUIRED: 'InvalidInputError',
  TOO_LONG: 'InvalidInputError',
  INVALID_FORMAT: 'InvalidInputError',
  INVALID_VALUE: 'InvalidInputError',
  DUPLICATE: 'InvalidInputError',
  TOO_MANY: 'InvalidInputError',
  NOT_FOUND: 'NotFoundError',
  NAME_TAKEN: 'RuleViolationError',
  EXTERNAL_ID_TAKEN: 'RuleViolationError',
  EMAIL_TAKEN: 'RuleViolationError',
  IDP_ENTITY_ID_REQUIRED: 'InvalidInputError',
  OIDC_IDP_NAME_REQUIRED: 'InvalidInputError',
  IDP_FIELD_NOT_ALLOWED: 'InvalidInputError',
  SAML_METADATA_INVALID: 'InvalidInputError',
  TEMPLATE_IN_USE: 'RuleViolationError',
  TEMPLATE_ARCHIVED: 'RuleViolationError',
  STEP_OUT_OF_ORDER: 'StepOutOfOrderError',
  DRAFT_INCOMPLETE: 'RuleViolationError',
  DRAFT_EXPIRED: 'RuleViolationError',
  DRAFT_CLOSED: 'RuleViolationError',
  VERSION_CONFLICT: 'VersionConflictError',
  IDEMPOTENCY_MISMATCH: 'IdempotencyMismatchError',
  STATE_REQUIRED: 'InvalidInputError',
  POSTAL_CODE_REQUIRED: 'InvalidInputError',
  COUNTRY_UNSUPPORTED: 'InvalidInputError',
  TIME_ZONE_UNSUPPORTED: 'InvalidInputError',
  LANGUAGE_UNSUPPORTED: 'InvalidInputError',
  SUPPORTED_LOCATION_NOT_CONFIRMED: 'RuleViolationError',
  CALLING_LOCATION_REQUIRED: 'RuleViolationError',
  PACKAGE_REQUIRED: 'InvalidInputError',
  PACKAGE_DEPENDENCY_UNMET: 'RuleViolationError',
  PACKAGE_NOT_ASSIGNABLE: 'RuleViolationError',
  PACKAGE_NOT_IN_CUSTOMER: 'RuleViolationError',
  PACKAGE_LIMIT_EXCEEDED: 'RuleViolationError',
  PACKAGE_IN_USE: 'RuleViolationError',
  ORGANIZATION_NOT_FOUND: 'NotFoundError',
  ORGANIZATION_ALREADY_WHOLESALE: 'RuleViolationError',
  TRIAL_ORGANIZATION: 'RuleViolationError',
  INVITE_EMAILS_RESTRICTED: 'RuleViolationError',
  CONSENT_TOKEN_INVALID: 'NotFoundError',
  CONSENT_CLOSED: 'RuleViolationError',
  PARTNER_OWN_ORGANIZATION_API_ONLY: 'RuleViolationError',
  CUSTOMER_NOT_PROVISIONED: 'RuleViolationError',
  CUSTOMER_BUSY: 'RuleViolationError',
  SUB_PARTNER_SUSPENDED: 'RuleViolationError',
  NUMBER_OR_EXTENSION_REQUIRED: 'InvalidInputError',
  NUMBER_NOT_ALLOWED: 'RuleViolationError',
  NUMBER_UNAVAILABLE: 'RuleViolationError',
  EXTENSION_RESERVED: 'RuleViolationError',
  EXTENSION_TAKEN: 'RuleViolationError',
  ADMIN_PACKAGE_DOWNGRADE: 'RuleViolationError',
  OPERATION_NOT_RETRYABLE: 'RuleViolationError',
  OPERATION_NOT_CANCELLABLE: 'RuleViolationError',
  USER_NOT_AWAITING_CONSENT: 'RuleViolationError',
  USER_NOT_PROVISIONED: 'RuleViolationError',
  USER_BUSY: 'RuleViolationError',
  PLATFORM_REJECTED: 'PlatformRejectedError',
  PLATFORM_UNAVAILABLE: 'PlatformRejectedError',
} as const;

export type ProblemCode = keyof typeof problemTypes;
export type ProblemType = (typeof problemTypes)[ProblemCode];

export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  /** Names and list positions from the mutation's input down to the value: ['users', '3', 'email']. */
  readonly path: readonly string[];
  /** With STEP_OUT_OF_ORDER. */
  readonly expectedStep?: string;
  /** With VERSION_CONFLICT. */
  readonly currentVersion?: number;
  /** With PLATFORM_REJECTED and PLATFORM_UNAVAILABLE. */
  readonly platformCode?: string | null;
  readonly trackingId?: string | null;
}

export function problem(
  code: ProblemCode,
  path: readonly string[],
  message: string,
  details: Omit<Problem, 'code' | 'path' | 'message'> = {},
): Problem {
  return { code, path, message, ...details };
}
