// Every arrow of every status table is gone along by a scenario of test/workflow/arrows/, through the domain's commands and the
// worker: a new arrow without one fails here.

import { describe, expect, it } from 'vitest';
import * as enums from '../../src/database/generated/enums.ts';
import { draftStatuses } from '../../src/domain/draft/lifecycle.ts';
import { arrowsOf, goneArrows, nouns, transitionTables, unwrittenArrows } from '../workflow/arrows/arrows.ts';
import { everyScenario } from '../workflow/arrows/every-arrow.ts';

const proven: readonly string[] = [...everyScenario.flatMap(({ arrows }) => arrows), ...unwrittenArrows];

describe.each(nouns)('the statuses of a %s', (noun) => {
  it('have an arrow each that a scenario goes along', () => {
    const arrows = arrowsOf(noun);
    expect(arrows.length).toBeGreaterThan(0);
    expect(arrows.filter((arrow) => !proven.includes(arrow))).toEqual([]);
  });
});

it('no scenario goes along an arrow that is in no table', () => {
  const known: readonly string[] = [...nouns.flatMap(arrowsOf), ...goneArrows];
  expect(proven.filter((arrow) => !known.includes(arrow))).toEqual([]);
});

it('rows that go are seen going', () => {
  expect(goneArrows.filter((arrow) => !proven.includes(arrow))).toEqual([]);
});

it('every status of the database has its row, and no other has', () => {
  const stored: Record<(typeof nouns)[number], readonly string[]> = {
    customer: Object.values(enums.CustomerStatus),
    package: Object.values(enums.PackageStatus),
    user: Object.values(enums.UserStatus),
    location: Object.values(enums.LocationStatus),
    consent: Object.values(enums.ConsentStatus),
    operation: Object.values(enums.OperationStatus),
    step: Object.values(enums.OperationStepStatus),
    template: Object.values(enums.TemplateStatus),
    draft: draftStatuses,
  };
  for (const noun of nouns) expect(Object.keys(transitionTables[noun]).sort()).toEqual([...stored[noun]].sort());
});
