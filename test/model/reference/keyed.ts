// The reference model of idempotency keys: the same key with the same input gets the same answer, with another it is refused.

import type { Answer } from '../commands.ts';
import { note, readText } from './reading.ts';
import type { Note } from './reading.ts';
import { refusedWith } from './state.ts';
import type { Model } from './state.ts';

/** @param typed null: one that nobody used before. */
export function readKey(notes: Note[], typed: string | null): string | null {
  return typed === null ? null : readText(notes, ['idempotencyKey'], typed, 255);
}

/** @param input As it was understood. Only what succeeds is kept. */
export function withKey(model: Model, key: string | null, input: unknown, run: () => Answer): Answer {
  if (key === null) return run();
  const text = JSON.stringify(input);
  const kept = model.kept.get(key);
  if (kept) return kept.input === text ? kept.answer : refusedWith([note('IDEMPOTENCY_MISMATCH', 'idempotencyKey')]);
  const answer = run();
  if ('done' in answer) model.kept.set(key, { input: text, answer });
  return answer;
}
