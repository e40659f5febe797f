// How large each measurement is: a quick one for every day, the default, and the full one.

export interface Sizes {
  readonly partners: number;
  readonly customersPerPartner: number;
  /** Characters of an event's message, where nothing else is said. */
  readonly messageLength: number;
  readonly cuts: {
    readonly subscribers: number;
    readonly cuts: number;
    readonly seconds: number;
    readonly eventsPerSecond: number;
  };
  readonly latency: { readonly subscribers: number; readonly seconds: number; readonly eventsPerSecond: number };
  readonly fanOut: { readonly subscriptions: number; readonly perSocket: readonly number[]; readonly events: number };
  readonly storm: {
    readonly sockets: number;
    readonly eventsPerSecond: number;
    readonly queriesPerSecond: number;
    /** Goes on this long after the drop, at least. */
    readonly seconds: number;
  };
  readonly stalled: {
    readonly stalled: number;
    readonly healthy: number;
    /** So long all of them read, so that memory is compared with that of a process at work. */
    readonly warmUpSeconds: number;
    readonly seconds: number;
    readonly eventsPerSecond: number;
    readonly messageLength: number;
  };
}

export type SizeName = 'quick' | 'default' | 'full';

const world = { partners: 4, customersPerPartner: 5, messageLength: 160 } as const;
const normal: Sizes = {
  ...world,
  cuts: { subscribers: 50, cuts: 1_000, seconds: 60, eventsPerSecond: 50 },
  latency: { subscribers: 60, seconds: 20, eventsPerSecond: 200 },
  fanOut: { subscriptions: 5_000, perSocket: [5, 1], events: 5 },
  storm: { sockets: 2_000, eventsPerSecond: 10, queriesPerSecond: 20, seconds: 10 },
  stalled: { stalled: 200, healthy: 20, warmUpSeconds: 120, seconds: 30, eventsPerSecond: 200, messageLength: 1_500 },
};

export const sizes: Record<SizeName, Sizes> = {
  quick: {
    ...world,
    cuts: { subscribers: 20, cuts: 100, seconds: 10, eventsPerSecond: 20 },
    latency: { subscribers: 30, seconds: 8, eventsPerSecond: 50 },
    fanOut: { subscriptions: 500, perSocket: [5, 1], events: 3 },
    storm: { sockets: 200, eventsPerSecond: 10, queriesPerSecond: 20, seconds: 4 },
    stalled: { stalled: 20, healthy: 10, warmUpSeconds: 8, seconds: 8, eventsPerSecond: 50, messageLength: 1_500 },
  },
  default: normal,
  full: {
    ...normal,
    latency: { ...normal.latency, seconds: 60 },
    fanOut: { ...normal.fanOut, events: 15 },
    stalled: { ...normal.stalled, seconds: 300 },
  },
};
