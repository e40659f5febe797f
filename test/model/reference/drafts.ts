// What holds of every wizard: who may save what when, and what is told of its steps.

import type { Staleness } from '../commands.ts';
import { note } from './reading.ts';
import type { Note } from './reading.ts';
import type { Draft, Model } from './state.ts';

const lifetimeMinutes = 60;

export type Judgement = readonly (readonly [step: string, issues: readonly Note[]])[];

export function openDraft(
  model: Model,
  saved: readonly string[],
  judgement: Judgement,
  warnings: string[] = [],
): Draft {
  return {
    version: 1,
    status: 'OPEN',
    expiresAtMinute: model.minute + lifetimeMinutes,
    saved: [...saved],
    warnings,
    ...stepsOf(saved, judgement),
  };
}

/** Why nothing can be done with the draft: one reason, the first. */
export function obstacleTo(model: Model, draft: Draft | undefined, staleBy: Staleness): Note | null {
  if (!draft) return note('NOT_FOUND', 'draftId');
  if (draft.status !== 'OPEN') return note('DRAFT_CLOSED', 'draftId');
  if (draft.expiresAtMinute <= model.minute) return note('DRAFT_EXPIRED', 'draftId');
  return staleBy === null || staleBy === 0 ? null : note('VERSION_CONFLICT', 'expectedVersion');
}

/** A step needs all earlier ones to have been saved once. */
export function isOutOfOrder(draft: Draft, order: readonly string[], step: string): boolean {
  return order.slice(0, order.indexOf(step)).some((earlier) => !draft.saved.includes(earlier));
}

export function keepStep(
  model: Model,
  draft: Draft,
  step: string,
  judge: () => Judgement,
  warnings: string[] = [],
): void {
  if (!draft.saved.includes(step)) draft.saved.push(step);
  draft.version++;
  draft.expiresAtMinute = model.minute + lifetimeMinutes;
  draft.warnings = warnings;
  Object.assign(draft, stepsOf(draft.saved, judge()));
}

function stepsOf(saved: readonly string[], judgement: Judgement): Pick<Draft, 'steps' | 'currentStep'> {
  const states = judgement.map(([step, issues]) => {
    if (!saved.includes(step)) return { step, state: 'PENDING', issues: [] };
    return { step, state: issues.length > 0 ? 'INVALID' : 'COMPLETE', issues };
  });
  return {
    steps: [...states.map(({ step, state, issues }) => [step, state, ...issues].join(' ')), 'REVIEW PENDING'],
    currentStep: states.find(({ state }) => state !== 'COMPLETE')?.step ?? 'REVIEW',
  };
}

/** What stands between the draft and its submission: issues of saved steps, and every step that was not saved. */
export function openIssues(draft: Draft, judgement: Judgement): Note[] {
  return judgement.flatMap(([step, issues]) => {
    if (!draft.saved.includes(step)) return [note('DRAFT_INCOMPLETE')];
    return issues.map((issue) => note('DRAFT_INCOMPLETE', issue.split(' ')[1] ?? ''));
  });
}

export function closeDraft(draft: Draft, status: 'SUBMITTED' | 'DISCARDED'): void {
  draft.status = status;
  draft.version++;
  if (status === 'DISCARDED') return;
  draft.currentStep = 'REVIEW';
  draft.steps = draft.steps.map((step) => `${step.split(' ')[0] ?? ''} COMPLETE`);
}
