// Every scenario; together they go along every arrow (test/house/arrows.test.ts).

import type { Scenario } from './arrows.ts';
import { attachScenarios } from './attach-scenarios.ts';
import { changeScenarios } from './change-scenarios.ts';
import { creationScenarios } from './creation-scenarios.ts';
import { elsewhereScenarios } from './elsewhere-scenarios.ts';
import { userScenarios } from './user-scenarios.ts';
import { wizardScenarios } from './wizard-scenarios.ts';

export const everyScenario: readonly Scenario[] = [
  ...creationScenarios,
  ...changeScenarios,
  ...userScenarios,
  ...wizardScenarios,
  ...elsewhereScenarios,
  // Last, because they turn the clock far.
  ...attachScenarios,
];
