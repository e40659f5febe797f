// Goes round and looks at what is due. It remembers nothing: what is watched is in the rows, so any process can go on with it,
// and several share it. A partner whose platform is slow holds up nobody else.

import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { PlatformWatch } from '../../database/generated/client.ts';
import type { DomainContext } from '../../domain/context.ts';
import { takeDueWatches, wakeOperations } from '../../domain/operation/watch.ts';
import { PlatformFailure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/port.ts';
import { nextLookAt } from './batch.ts';
import { lookAtCustomers, lookAtUsers } from './look.ts';
import type { Look } from './look.ts';

export interface WatcherOptions {
  readonly context: DomainContext;
  readonly platform: Platform;
  readonly log: Pick<Logger, 'info' | 'error'>;
}

export interface Watcher {
  /** Waits for the looks under way. */
  close(): Promise<void>;
}

const pauseMs = 250;
/** What is due within this time is looked at too. */
const companyMs = 250;

export function startWatcher(options: WatcherOptions): Watcher {
  const closing = new AbortController();
  const isClosing = () => closing.signal.aborted;
  const busyPartners = new Set<string>();
  const underWay = new Set<Promise<void>>();

  async function goRound(): Promise<void> {
    while (!isClosing()) {
      try {
        for (const [partnerId, due] of await takeDue(options, [...busyPartners])) {
          busyPartners.add(partnerId);
          const look = lookFor(options, partnerId, due).finally(() => {
            busyPartners.delete(partnerId);
            underWay.delete(look);
          });
          underWay.add(look);
        }
      } catch (error) {
        if (!isClosing()) options.log.error({ err: error }, 'what is watched could not be read');
      }
      await delay(pauseMs, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
    }
  }

  const ended = goRound();
  return {
    async close() {
      closing.abort();
      await ended;
      await Promise.all(underWay);
    },
  };
}

/** One round, for all partners; answers when everybody has been looked at. */
export async function lookOnce(options: WatcherOptions): Promise<void> {
  const due = await takeDue(options, []);
  await Promise.all([...due].map(([partnerId, watches]) => lookFor(options, partnerId, watches)));
}

async function takeDue({ context }: WatcherOptions, except: readonly string[]): Promise<Map<string, PlatformWatch[]>> {
  const now = context.now();
  const until = new Date(now.getTime() + companyMs);
  const due = await takeDueWatches(context, until, except, ({ pace, since }) => nextLookAt(pace, since, until));
  return Map.groupBy(due, ({ partnerId }) => partnerId);
}

async function lookFor(options: WatcherOptions, partnerId: string, due: readonly PlatformWatch[]): Promise<void> {
  const { context, platform, log } = options;
  try {
    const { slug } = await context.database.partner.findUniqueOrThrow({ where: { id: partnerId } });
    const look: Look = { context, platform: platform.forPartner({ slug }), partnerId };
    const of = (thing: PlatformWatch['thing']) => due.filter((watch) => watch.thing === thing);
    await orElse(look, of('CUSTOMER'), lookAtCustomers);
    await orElse(look, of('USERS'), lookAtUsers);
  } catch (error) {
    const isPlatform = error instanceof PlatformFailure;
    if (isPlatform)
      log.info({ partnerId, kind: error.kind, reason: error.message }, 'the platform could not be watched');
    else log.error({ err: error, partnerId }, 'the platform could not be watched');
  }
}

/** A platform that refuses the list is asked one by one. */
async function orElse(
  look: Look,
  due: readonly PlatformWatch[],
  together: (look: Look, due: readonly PlatformWatch[]) => Promise<void>,
): Promise<void> {
  if (due.length === 0) return;
  try {
    await together(look, due);
  } catch (failure) {
    if (!(failure instanceof PlatformFailure) || failure.kind !== 'rejected') throw failure;
    const ids = due.map(({ operationId }) => operationId);
    await wakeOperations(look.context, ids);
  }
}
