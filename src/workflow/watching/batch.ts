// When one list is cheaper than many calls, and when to look again. Pure.

import { lookDelayMs } from '../schedule.ts';

/** The platform's cap of a page. */
const perPage = 100;

/** @param listed How many the list would have: it is read to its end, whoever is asked about. */
export function isListCheaper(asked: number, listed: number): boolean {
  return asked > Math.max(1, Math.ceil(listed / perPage));
}

/** On a grid, so that what is looked at equally often is due together, and costs one look. */
export function nextLookAt(pace: 'PLATFORM' | 'PEOPLE', since: Date, now: Date): Date {
  const delayMs = lookDelayMs(pace, now.getTime() - since.getTime());
  return new Date((Math.floor(now.getTime() / delayMs) + 1) * delayMs);
}

/** Every so many looks an operation looks for itself, whatever the lists say: what they leave out is found all the same. */
export const ownLookEvery = 20;
