// The feed as one partner's request is given it: whose log is read is settled before any resolver runs.

import type { OpenOptions } from './event-stream.ts';
import type { FeedStream } from './feed-item.ts';
import type { EventFeed, FeedPage, ReadOptions, Standing } from './feed.ts';

export interface PartnerFeed {
  /** See EventFeed. */
  open(options: Omit<OpenOptions, 'partnerId'>): Promise<FeedStream>;
  /** See EventFeed; the name need not tell the partner. */
  standing(name: string, look: () => Promise<Standing>): Promise<Standing>;
  /** See EventFeed. */
  read(options: Omit<ReadOptions, 'partnerId'>): Promise<FeedPage>;
  /** The cursor of an event of this partner that was read elsewhere. */
  cursorAt(position: bigint): Promise<string>;
}

export function partnerFeed(feed: Omit<EventFeed, 'of'>, partnerId: string): PartnerFeed {
  return {
    open: (options) => feed.open({ ...options, partnerId }),
    standing: (name, look) => feed.standing(`${partnerId} ${name}`, look),
    read: (options) => feed.read({ ...options, partnerId }),
    cursorAt: (position) => feed.cursorAt(partnerId, position),
  };
}
