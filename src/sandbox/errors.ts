// Every refusal the sandbox can give: HTTP status, error number, body. Numbers below 90000 are Cisco's published ones; Cisco does
// not publish the rest, so ours lie in 90000-90999, where none of Cisco's has been seen.

export interface PlatformError {
  readonly errorCode: number;
  readonly description: string;
}

const refusals = {
  missingParameter: [400, 1001],
  wrongSize: [400, 1002],
  emailTaken: [409, 10022],
  numberUnavailable: [400, 8361],

  invalidValue: [400, 90000],
  malformedJson: [400, 90001],
  unauthorized: [401, 90002],
  forbidden: [403, 90003],
  notFound: [404, 90004],
  methodNotAllowed: [405, 90005],
  unsupportedMediaType: [415, 90006],
  tooManyRequests: [429, 90007],
  unavailable: [503, 90008],
  internal: [500, 90009],

  packageDependencyUnmet: [400, 90010],
  callingLocationRequired: [400, 90011],
  customerInfoRequired: [400, 90012],
  unknownProvisioningId: [400, 90013],
  externalIdTaken: [409, 90014],
  organizationAlreadyWholesale: [409, 90015],
  trialOrganization: [400, 90016],
  customerBusy: [423, 90017],
  locked: [423, 90033],
  packageInUse: [409, 90018],
  subPartnerSuspended: [403, 90019],

  customerNotProvisioned: [409, 90020],
  packageNotInCustomer: [400, 90021],
  packageLimitReached: [409, 90022],
  numberOrExtensionRequired: [400, 90023],
  numberNotInInventory: [400, 90024],
  extensionReserved: [400, 90025],
  extensionTaken: [409, 90026],
  locationRequired: [400, 90027],
  notPendingMigration: [409, 90028],

  invalidNumber: [400, 90030],
  mainNumber: [409, 90031],
  numberInUse: [409, 90032],

  unknownConsentToken: [404, 90040],
  consentClosed: [409, 90041],
} as const;

export type RefusalName = keyof typeof refusals;

/** What goes wrong after the 202: these appear inside a resource, never as an answer. */
export const asyncErrors = {
  callingMaintenance: {
    errorCode: 2560,
    description:
      'One or more Webex Calling services are unavailable due to maintenance, unable to start provisioning. Consult status.webex.com and retry later.',
  },
  deniedParty: { errorCode: 90100, description: 'The customer was refused by the denied party screening.' },
  approvalRequired: {
    errorCode: 90101,
    description:
      "An administrator of the existing organization must approve before wholesale services are added. Obtain the administrator's approval, then retry.",
  },
  moveDeclined: { errorCode: 90102, description: 'The user declined to move to the organization.' },
} as const satisfies Record<string, PlatformError>;

export interface RefusalEntry extends PlatformError {
  readonly fieldName?: string;
}

/** Thrown by whoever refuses; the server turns it into the answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly errors: readonly RefusalEntry[];
  readonly retryAfterSeconds: number | null;

  constructor(status: number, errors: readonly RefusalEntry[], retryAfterSeconds: number | null = null) {
    super(errors.map((error) => error.description).join(' '));
    this.name = 'Refusal';
    this.status = status;
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export function refusal(name: RefusalName, description: string, retryAfterSeconds: number | null = null): Refusal {
  const [status, errorCode] = refusals[name];
  return new Refusal(status, [{ errorCode, description }], retryAfterSeconds);
}

export function notFound(what: string): Refusal {
  return refusal('notFound', `The ${what} does not exist, or is not visible to this partner.`);
}

export function errorCodeOf(name: RefusalName): number {
  return refusals[name][1];
}

export function errorAnswer(error: Refusal, trackingId: string) {
  return { message: error.message, errors: error.errors, trackingId };
}
