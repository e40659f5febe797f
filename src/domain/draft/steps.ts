// The steps of a wizard: what state each is in, which one is next, whether all may be submitted. Pure.

import { z } from 'zod';
import { WizardStep } from '../../database/generated/enums.ts';
import { problem, problemTypes } from '../problem.ts';
import type { Problem, ProblemCode } from '../problem.ts';

export const draftStepStates = ['PENDING', 'INVALID', 'COMPLETE'] as const;
export type DraftStepState = (typeof draftStepStates)[number];

export interface DraftIssue {
  readonly code: ProblemCode;
  readonly message: string;
  readonly path: readonly string[];
}

export interface DraftStep {
  readonly step: WizardStep;
  readonly state: DraftStepState;
  readonly issues: readonly DraftIssue[];
}

/**
 * A wizard's data steps in their order; REVIEW follows them and completes by submitting.
 * Each function judges what is stored for its step against everything else in the draft: editing an earlier step
 * re-judges the later ones.
 */
export type StepJudges = readonly (readonly [step: WizardStep, judge: () => readonly Problem[]])[];

export function judgeSteps(judges: StepJudges, saved: readonly WizardStep[]): DraftStep[] {
  const steps: DraftStep[] = judges.map(([step, judge]) => {
    if (!saved.includes(step)) return { step, state: 'PENDING', issues: [] };
    const issues = judge().map(({ code, message, path }) => ({ code, message, path }));
    return { step, state: issues.length > 0 ? 'INVALID' : 'COMPLETE', issues };
  });
  return [...steps, { step: 'REVIEW', state: 'PENDING', issues: [] }];
}

/** All data steps complete: what is left is to review and submit. */
export function isReadyToSubmit(steps: readonly DraftStep[]): boolean {
  return steps.every(({ step, state }) => step === 'REVIEW' || state === 'COMPLETE');
}

/** The first step that is not complete. */
export function currentStep(steps: readonly DraftStep[]): WizardStep {
  return steps.find(({ state }) => state !== 'COMPLETE')?.step ?? 'REVIEW';
}

/** A step may be saved again at any time, but not before all earlier ones have been saved once. */
export function checkOrder(
  order: readonly WizardStep[],
  saved: readonly WizardStep[],
  step: WizardStep,
): Problem | null {
  const missing = order.slice(0, order.indexOf(step)).find((earlier) => !saved.includes(earlier));
  if (!missing) return null;
  return problem('STEP_OUT_OF_ORDER', [], `Save the step ${missing} before ${step}.`, { expectedStep: missing });
}

export function withStep(saved: readonly WizardStep[], step: WizardStep): WizardStep[] {
  return saved.includes(step) ? [...saved] : [...saved, step];
}

/** What submitting a draft that is not ready answers: each open issue, then each step nobody has saved. */
export function incompleteProblems(steps: readonly DraftStep[]): Problem[] {
  return steps.flatMap(({ step, state, issues }) => {
    if (step === 'REVIEW' || state === 'COMPLETE') return [];
    if (state === 'PENDING') return [problem('DRAFT_INCOMPLETE', [], `The step ${step} has not been saved yet.`)];
    return issues.map((issue) => problem('DRAFT_INCOMPLETE', issue.path, `${step}: ${issue.message}`));
  });
}

const isProblemCode = (value: string): value is ProblemCode => value in problemTypes;
const storedSteps = z.array(
  z.object({
    step: z.enum(WizardStep),
    state: z.enum(draftStepStates),
    issues: z.array(
      z.object({ code: z.string().refine(isProblemCode), message: z.string(), path: z.array(z.string()) }),
    ),
  }),
);

export function parseSteps(stored: unknown): DraftStep[] {
  return storedSteps.parse(stored);
}
