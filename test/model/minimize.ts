// Leaves out of a failing sequence what it fails without: fast-check makes values simpler, but goes through wizards whole.

import type { Command } from './commands.ts';

/** @param failureOf What goes wrong with a sequence; null: nothing. */
export async function minimize(
  commands: readonly Command[],
  failureOf: (commands: readonly Command[]) => Promise<string | null>,
): Promise<string> {
  let shortest = commands;
  let failure = await failureOf(commands);
  for (let index = commands.length - 1; index >= 0; index--) {
    const shorter = shortest.toSpliced(index, 1);
    const stillFails = await failureOf(shorter);
    if (stillFails === null) continue;
    shortest = shorter;
    failure = stillFails;
  }
  return failure ?? 'It does not fail a second time.';
}
