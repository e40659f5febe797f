// What the bench asks of its processes: the writer, the crowd of clients, and the two servers it compares with.

import { z } from 'zod';
import { defineCall, nothing, numbers } from './calls.ts';

// ---------------------------------------------------------------------------------------------- the writer of events

const target = z.object({ partnerId: z.string(), customerId: z.string(), operationId: z.string() });
export type EventTarget = z.infer<typeof target>;

/** Commit times on the machine's clock; `numbers` and `atMs` belong together. */
const commits = z.object({ numbers, atMs: numbers, seconds: z.number() });
export type Commits = z.infer<typeof commits>;

export const openWriter = defineCall('openWriter', z.object({ databaseUrl: z.string() }), nothing);
/** One event about each target, each in a commit of its own. */
export const writeOnce = defineCall(
  'writeOnce',
  z.object({ targets: z.array(target), messageLength: z.number() }),
  commits,
);
/** At a steady rate, in commits of eventsPerCommit about one target after the other, until stopWriting. */
export const startWriting = defineCall(
  'startWriting',
  z.object({ targets: z.array(target), perSecond: z.number(), messageLength: z.number() }),
  nothing,
);
export const stopWriting = defineCall('stopWriting', nothing, commits);

/** As the product's commits have: a step's end and the next one's beginning, an item and its step. */
export const eventsPerCommit = 2;

/** How an event's message begins, so that readers know it again. */
export const eventNumber = /^#(\d+) /;

// ---------------------------------------------------------------------------------------------- the crowd of clients

export const subscriptionKinds = ['customerUpdated', 'operationUpdated', 'events'] as const;
export type SubscriptionKind = (typeof subscriptionKinds)[number];

const subscription = z.object({
  /** The bench's own number for it. */
  index: z.number(),
  kind: z.enum(subscriptionKinds),
  /** Of the customer or the operation; null for events. */
  nodeId: z.string().nullable(),
});
export type SubscriptionPlan = z.infer<typeof subscription>;

const line = z.object({ url: z.string(), token: z.string(), subscriptions: z.array(subscription) });
/** One socket. */
export type LinePlan = z.infer<typeof line>;

export const openLines = defineCall(
  'openLines',
  z.object({
    lines: z.array(line),
    /** How many connect at the same time. */
    atOnce: z.number(),
    /** Whether a subscription goes on behind its last cursor after a cut. */
    resumes: z.boolean(),
    /** Least and most wait before the first attempt to connect again. */
    reconnectMs: z.tuple([z.number(), z.number()]),
  }),
  // From the first byte to connection_ack, of each line.
  z.object({ connectMs: numbers }),
);
export const progress = defineCall(
  'progress',
  nothing,
  // ready: subscriptions that have received anything since they began, or since dropAll().
  z.object({ ready: z.number(), deliveries: z.number() }),
);
/** Cuts sockets at random moments until `count` cuts are made. */
export const cutAtRandom = defineCall('cutAtRandom', z.object({ count: z.number(), withinMs: z.number() }), nothing);
/** Cuts all sockets at once; answers how long each took to be acknowledged again. */
export const dropAll = defineCall('dropAll', nothing, z.object({ backMs: numbers }));
/** The first `count` lines stop reading from their sockets. */
export const stopReading = defineCall('stopReading', z.object({ count: z.number() }), nothing);
export const readOn = defineCall('readOn', nothing, nothing);
export const report = defineCall(
  'report',
  nothing,
  z.object({
    ledgers: z.array(z.object({ index: z.number(), numbers, atMs: numbers })),
    /** How many sockets the server ended, by close code; the crowd's own cuts are not among them. */
    closes: z.record(z.string(), z.number()),
    /** Of these, those of lines that had stopped reading. */
    stalledCloses: z.record(z.string(), z.number()),
    /** Errors in answers, and whatever else a client does not expect. */
    complaints: z.record(z.string(), z.number()),
  }),
);
export type Report = z.infer<typeof report.result>;

// ---------------------------------------------------------------------------------------------- servers to compare with

export const startPlain = defineCall(
  'startPlain',
  z.object({ databaseUrl: z.string(), poolSize: z.number(), jwksUrl: z.string() }),
  z.object({ url: z.string() }),
);
export const startFloor = defineCall('startFloor', nothing, z.object({ url: z.string() }));
/** Writes one frame, made beforehand, to each socket; answers when it began. */
export const fireFrame = defineCall(
  'fireFrame',
  z.object({ number: z.number(), messageLength: z.number() }),
  z.object({ atMs: z.number() }),
);
