// Compares one partner after the other with the platform, each about as often as the operator wants. Any number of processes may do
// so: each takes what is due and nobody has taken. A partner whose platform cannot be asked has to wait for the next time.

import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { DomainContext } from '../../domain/context.ts';
import {
  endReconciliation,
  scheduleReconciliations,
  takeDueReconciliation,
} from '../../domain/elsewhere/reconciliation.ts';
import type { DueReconciliation } from '../../domain/elsewhere/reconciliation.ts';
import { PlatformFailure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/port.ts';
import { reconcile } from './reconcile.ts';

export interface ReconcilerOptions {
  readonly context: DomainContext;
  readonly platform: Platform;
  readonly log: Pick<Logger, 'info' | 'error'>;
  /** From the end of a partner's round to its next. */
  readonly everyMs: number;
}

export interface Reconciler {
  /** Breaks the round off between two customers. */
  close(): Promise<void>;
}

const longestPauseMs = 30_000;

export function startReconciler(options: ReconcilerOptions): Reconciler {
  const { context, everyMs, log } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const isClosing = () => signal.aborted;

  async function goOn(): Promise<void> {
    while (!isClosing()) {
      try {
        await scheduleReconciliations(context, everyMs);
        for (let due = await takeDueReconciliation(context); due; due = await takeDueReconciliation(context)) {
          await reconcileOne(options, due, signal);
          if (isClosing()) return;
        }
      } catch (error) {
        if (!isClosing()) log.error({ err: error }, 'no partner could be compared with the platform');
      }
      const pauseMs = Math.min(longestPauseMs, everyMs / 4);
      await delay(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  const ended = goOn();
  return {
    async close() {
      closing.abort();
      await ended;
    },
  };
}

async function reconcileOne(options: ReconcilerOptions, due: DueReconciliation, signal: AbortSignal): Promise<void> {
  const { context, everyMs, log } = options;
  const { partnerId, slug } = due;
  let isWhole = false;
  try {
    const number = Math.floor(context.now().getTime() / everyMs);
    const platformFor = (onBehalfOf: string | null) => options.platform.forPartner({ slug, onBehalfOf });
    const report = await reconcile({ context, platformFor, due, number, signal });
    isWhole = true;
    log.info({ partner: slug, ...report }, 'compared with the platform');
  } catch (failure) {
    if (failure instanceof PlatformFailure)
      log.info({ partner: slug, kind: failure.kind, reason: failure.message }, 'the platform could not be compared');
    else if (!signal.aborted) throw failure;
  } finally {
    // Another process may go on at once with what a shutdown has broken off.
    await endReconciliation(context, partnerId, { nextInMs: signal.aborted ? 0 : everyMs, isWhole });
  }
}
