// Gives one sequence to the domain and to the reference model, and compares after each command what they answer and what can be
// read back. The first difference ends it, with everything that led there.

import { isDeepStrictEqual } from 'node:util';
import type { Command, PinnedCommand } from './commands.ts';
import { pin } from './pin.ts';
import { perform } from './real/perform.ts';
import { readSnapshot } from './real/snapshot.ts';
import type { RealPartner } from './real/partner.ts';
import { answerOf, newModel } from './reference/model.ts';
import { snapshotOf } from './reference/snapshot.ts';

export async function runSequence(partner: RealPartner, commands: readonly Command[]): Promise<void> {
  const model = newModel();
  const story: string[] = [];
  let lastKeyed: PinnedCommand | null = null;
  for (const [place, command] of commands.entries()) {
    const pinned = pin(model, command, lastKeyed, place);
    if (pinned === null) continue;
    if ('key' in pinned) lastKeyed = pinned;
    story.push(JSON.stringify(pinned));
    const eventsBefore = model.events.length;
    const found = await perform(partner, model, pinned);
    const expected = answerOf(model, pinned);
    story.push(`  ${JSON.stringify(found)}`);
    if (!isDeepStrictEqual(found, expected)) {
      throw new Error([...story, `The model expected: ${JSON.stringify(expected)}`].join('\n'));
    }
    const { context, viewer, names } = partner;
    const differences = differencesBetween(
      await readSnapshot(context.database, viewer.partnerId, names, eventsBefore),
      snapshotOf(model, eventsBefore),
    );
    if (differences.length > 0) throw new Error([...story, ...differences].join('\n'));
  }
}

function differencesBetween(
  found: Readonly<Record<string, unknown>>,
  expected: Readonly<Record<string, unknown>>,
): string[] {
  return Object.keys({ ...found, ...expected }).flatMap((table) => {
    if (isDeepStrictEqual(found[table], expected[table])) return [];
    return [
      `${table}: found    ${JSON.stringify(found[table])}`,
      `${table}: expected ${JSON.stringify(expected[table])}`,
    ];
  });
}
