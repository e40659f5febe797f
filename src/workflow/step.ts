// What a step is: one kind of outside work, done item by item, safe to begin again at any point.

import type { NextAction, OperationStepKind } from '../database/generated/enums.ts';
import type { DomainContext } from '../domain/context.ts';
import type { Lease } from '../domain/operation/lease.ts';
import type { Watching } from '../domain/operation/watch.ts';
import type { PartnerPlatform } from '../platform/port.ts';

/** Of a step that is about no single customer. */
export interface PartnerWork {
  readonly context: DomainContext;
  readonly lease: Lease;
  readonly platform: PartnerPlatform;
  readonly partnerId: string;
  readonly stepId: string;
  /** The step ended before, badly, and was opened again. */
  readonly isRetry: boolean;
  /** When the step was started; how long to wait between two looks follows from it. */
  readonly startedAt: Date;
  /** What is not done yet, those tried least often first. */
  readonly items: readonly StepItem[];
  /** Aborted when the worker shuts down or has lost its job: stop at the next item. */
  readonly signal: AbortSignal;
}

export interface StepWork extends PartnerWork {
  readonly customerId: string;
}

export interface StepItem {
  readonly position: number;
  /** A package's code, or the id of the row the item is about. */
  readonly subjectKey: string;
  readonly isWaiting: boolean;
  readonly attempts: number;
  /** The platform may have done it already. Only who marks it (markAsked) may rely on it. */
  readonly isAsked: boolean;
  /** Where a list goes on that the item reads; null: at its beginning. */
  readonly nextPage: string | null;
}

/** Ended: every item is recorded as done or failed. Otherwise look again later, or when a person has acted. */
export type StepResult =
  | { readonly kind: 'ended' }
  | {
      readonly kind: 'waiting';
      readonly nextAction: NextAction;
      readonly message: string;
      readonly lookAgainAfterMs: number;
      /** What to look for meanwhile; where it is left out, the step itself is called again. */
      readonly watching?: Watching;
    };

export type StepHandler = (work: StepWork) => Promise<StepResult>;

export type StepHandlers = Partial<Record<OperationStepKind, StepHandler>>;

export type PartnerStepHandler = (work: PartnerWork) => Promise<StepResult>;

export type PartnerStepHandlers = Partial<Record<OperationStepKind, PartnerStepHandler>>;

export const ended: StepResult = { kind: 'ended' };
