// How an attempt on a customer unfolds: a pure function of what was accepted and of the time. Nothing runs in the background;
// customer-settle.ts writes down what this file says has happened.

import { asyncErrors } from './errors.ts';
import type { PlatformError } from './errors.ts';
import { includesCalling } from './packages.ts';
import type { CustomerPackage } from './packages.ts';
import { chanceOf } from './random.ts';

export type CustomerStatus =
  'provisioning' | 'pending_rpl_review' | 'provisioned' | 'provisioned_with_errors' | 'updating' | 'deleting' | 'error';

export interface PackageState {
  readonly name: CustomerPackage;
  readonly status: 'provisioned' | 'provisioning' | 'deleting' | 'error';
  readonly warnings: readonly PlatformError[];
  readonly errors: readonly PlatformError[];
}

/** What was accepted; stored with the customer until it is settled. */
export interface Attempt {
  readonly kind: 'create' | 'update' | 'delete';
  /** Provisioning time, see clock.ts. */
  readonly acceptedAt: number;
  /** Middle length of a stage; 0: everything happens at once. */
  readonly stageMs: number;
  /** Varies the lengths of the stages; the same seed gives the same lengths. */
  readonly seed: string;
  readonly screening: 'none' | 'clears' | 'denies';
  /** Known at acceptance, told later: the attempt ends in the status error. */
  readonly refusal: PlatformError | null;
  readonly isCallingUnderMaintenance: boolean;
  readonly packages: readonly { readonly name: CustomerPackage; readonly action: 'provision' | 'keep' | 'remove' }[];
}

export interface Snapshot {
  readonly status: CustomerStatus;
  readonly packages: readonly PackageState[];
  readonly errors: readonly PlatformError[];
  readonly hasOrganization: boolean;
  readonly isSettled: boolean;
  /** When the next look will show something else; null once settled. */
  readonly nextChangeAt: number | null;
}

interface Plan {
  readonly reviewFrom: number;
  readonly reviewUntil: number;
  /** Infinity: never. */
  readonly organizationAt: number;
  /** In the order of attempt.packages. */
  readonly packageAt: readonly number[];
  readonly endsAt: number;
}

/** A review takes as long as this many stages, so that a person can see it. */
const reviewStages = 8;

export const runningStatus = { create: 'provisioning', update: 'updating', delete: 'deleting' } as const;

export function customerAt(attempt: Attempt, now: number): Snapshot {
  const plan = planOf(attempt);
  const isSettled = now >= plan.endsAt;
  const error = attempt.refusal ?? (attempt.screening === 'denies' ? asyncErrors.deniedParty : null);
  const packages = attempt.packages.flatMap((planned, index): PackageState[] => {
    const isDone = now >= (plan.packageAt[index] ?? plan.endsAt);
    if (planned.action === 'keep') return [packageState(planned.name, 'provisioned')];
    if (planned.action === 'remove') return isDone ? [] : [packageState(planned.name, 'deleting')];
    if (!isDone) return [packageState(planned.name, 'provisioning')];
    if (error !== null) return [packageState(planned.name, 'error')];
    const isHit = attempt.isCallingUnderMaintenance && includesCalling(planned.name);
    return [
      isHit
        ? packageState(planned.name, 'error', asyncErrors.callingMaintenance)
        : packageState(planned.name, 'provisioned'),
    ];
  });
  const moments = [plan.reviewFrom, plan.reviewUntil, plan.organizationAt, ...plan.packageAt, plan.endsAt];
  return {
    status: isSettled
      ? settledStatus(error, packages)
      : isBetween(now, plan)
        ? 'pending_rpl_review'
        : runningStatus[attempt.kind],
    packages,
    errors: isSettled && error !== null ? [error] : [],
    hasOrganization: now >= plan.organizationAt,
    isSettled,
    nextChangeAt: isSettled ? null : Math.min(...moments.filter((moment) => moment > now)),
  };
}

function planOf(attempt: Attempt): Plan {
  let stage = 0;
  let at = attempt.acceptedAt;
  // Stages differ by a factor of up to 2.5, so that watching them does not look mechanical.
  const afterStage = () => {
    at += Math.round(attempt.stageMs * (0.6 + 0.9 * chanceOf(`${attempt.seed}:${stage++}`)));
    return at;
  };

  const reviewFrom = afterStage();
  if (attempt.screening !== 'none') at += attempt.stageMs * reviewStages;
  const reviewUntil = at;
  if (attempt.refusal !== null || attempt.screening === 'denies') {
    const endsAt = attempt.refusal === null ? at : afterStage();
    return { reviewFrom, reviewUntil, organizationAt: Infinity, packageAt: attempt.packages.map(() => endsAt), endsAt };
  }
  const organizationAt = attempt.kind === 'create' ? afterStage() : attempt.acceptedAt;
  const packageAt = attempt.packages.map(({ action }) => (action === 'keep' ? attempt.acceptedAt : afterStage()));
  return { reviewFrom, reviewUntil, organizationAt, packageAt, endsAt: at };
}

function isBetween(now: number, { reviewFrom, reviewUntil }: Plan): boolean {
  return now >= reviewFrom && now < reviewUntil;
}

function settledStatus(error: PlatformError | null, packages: readonly PackageState[]): CustomerStatus {
  if (error !== null) return 'error';
  return packages.every((entry) => entry.status === 'provisioned') ? 'provisioned' : 'provisioned_with_errors';
}

function packageState(
  name: CustomerPackage,
  status: PackageState['status'],
  warning: PlatformError | null = null,
): PackageState {
  return { name, status, warnings: warning === null ? [] : [warning], errors: [] };
}
