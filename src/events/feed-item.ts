// What a stream of the log delivers.

import type { ProvisioningEvent } from '../database/generated/client.ts';
import type { PullIterator } from './pull-iterator.ts';

export interface FeedItem {
  /** Give this as `after` to go on behind this item. */
  readonly cursor: string;
  /** Null in the first item of a stream opened with `initial`: it only says where the log stood. */
  readonly event: ProvisioningEvent | null;
}

export interface FeedEvent extends FeedItem {
  readonly event: ProvisioningEvent;
}

export interface FeedStream extends PullIterator<FeedItem> {
  /** Where it has looked up to, also where nothing was found: as good as the cursor of an item to go on from. */
  searchedTo(): string;
}

export function isFeedStream(stream: object): stream is FeedStream {
  return 'searchedTo' in stream && typeof stream.searchedTo === 'function';
}
