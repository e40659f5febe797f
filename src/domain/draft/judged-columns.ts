// The columns of a draft that follow from its values: judged at each save, stored so that reading needs no judging.

import type { WizardStep } from '../../database/generated/enums.ts';
import type { Warning } from './lifecycle.ts';
import { currentStep, judgeSteps } from './steps.ts';
import type { StepJudges } from './steps.ts';

export function judgedColumns(judges: StepJudges, saved: readonly WizardStep[], warnings: readonly Warning[]) {
  const steps = judgeSteps(judges, saved);
  return {
    savedSteps: [...saved],
    steps: steps.map((step) => ({
      ...step,
      issues: step.issues.map((issue) => ({ ...issue, path: [...issue.path] })),
    })),
    currentStep: currentStep(steps),
    warnings: warnings.map((warning) => ({ ...warning, path: [...warning.path] })),
  };
}
