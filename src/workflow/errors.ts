// What the platform said, turned into the errors that are kept and shown.

import type { ProvisioningError } from '../domain/operation/provisioning-error.ts';
import type { PlatformFailure, PlatformFault } from '../platform/failure.ts';
import type { PlatformIssue } from '../platform/port.ts';

/** The platform codes whose meaning is public, in our words (webex-rest.md 1.4). */
const knownCodes: Readonly<Record<string, { readonly code: string; readonly isRetryable: boolean }>> = {
  '10022': { code: 'EMAIL_TAKEN', isRetryable: false },
  '2560': { code: 'PLATFORM_UNAVAILABLE', isRetryable: true },
  '8361': { code: 'NUMBER_UNAVAILABLE', isRetryable: false },
};

const faultCodes: Readonly<Record<PlatformFault, string>> = {
  CREDENTIALS: 'PLATFORM_CREDENTIALS_REFUSED',
  ADDRESS: 'PLATFORM_ADDRESS_WRONG',
  AWAY: 'PLATFORM_AWAY',
};

export function errorOfIssue({ platformCode, message }: PlatformIssue, at: Date): ProvisioningError {
  const known = platformCode === null ? undefined : knownCodes[platformCode];
  return {
    code: known?.code ?? 'PLATFORM_REJECTED',
    platformCode,
    message,
    isRetryable: known?.isRetryable ?? false,
    trackingId: null,
    at: at.toISOString(),
  };
}

export function errorOfFailure(failure: PlatformFailure, at: Date): ProvisioningError {
  const known = failure.platformCode === null ? undefined : knownCodes[failure.platformCode];
  const isRejection = failure.kind === 'rejected';
  const faultCode = failure.fault === null ? undefined : faultCodes[failure.fault];
  return {
    code: known?.code ?? faultCode ?? (isRejection ? 'PLATFORM_REJECTED' : 'PLATFORM_UNAVAILABLE'),
    platformCode: failure.platformCode,
    message: failure.message,
    isRetryable: known?.isRetryable ?? !isRejection,
    trackingId: failure.trackingId,
    at: at.toISOString(),
  };
}

/** An error of our own making, where no call failed. */
export function ownError(code: string, message: string, at: Date): ProvisioningError {
  return { code, platformCode: null, message, isRetryable: false, trackingId: null, at: at.toISOString() };
}
