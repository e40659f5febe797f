// Every arrow of every status table of the domain, and what a scenario is that goes along some of them.

import { consentTransitions } from '../../../src/domain/customer/change-consent.ts';
import { customerTransitions, packageTransitions } from '../../../src/domain/customer/status.ts';
import { draftTransitions } from '../../../src/domain/draft/lifecycle.ts';
import { locationTransitions } from '../../../src/domain/location/change-status.ts';
import { operationTransitions, stepTransitions } from '../../../src/domain/operation/status.ts';
import { templateTransitions } from '../../../src/domain/template/change-status.ts';
import { userTransitions } from '../../../src/domain/user/change-status.ts';
import type { Stage } from './stage.ts';

export const nouns = [
  'customer',
  'package',
  'user',
  'location',
  'consent',
  'operation',
  'step',
  'template',
  'draft',
] as const;
export type Noun = (typeof nouns)[number];
/** customer: UPDATING -> PROVISIONED */
export type Arrow = `${Noun}: ${string} -> ${string}`;

export const transitionTables: Record<Noun, Readonly<Record<string, readonly string[]>>> = {
  customer: customerTransitions,
  package: packageTransitions,
  user: userTransitions,
  location: locationTransitions,
  consent: consentTransitions,
  operation: operationTransitions,
  step: stepTransitions,
  template: templateTransitions,
  draft: draftTransitions,
};

/** The rows of these go when the platform has let go of what they stand for. */
export const goneArrows: readonly Arrow[] = [
  'package: DELETING -> GONE',
  'package: PROVISIONED -> GONE',
  'user: DELETING -> GONE',
];

/** Follows from the time and is written nowhere; test/domain/draft/lifecycle.test.ts and the wizards' tests see it. */
export const unwrittenArrows: readonly Arrow[] = ['draft: OPEN -> EXPIRED'];

export function arrowsOf(noun: Noun): Arrow[] {
  return Object.entries(transitionTables[noun]).flatMap(([from, targets]) =>
    targets.map((to): Arrow => `${noun}: ${from} -> ${to}`),
  );
}

export interface Scenario {
  readonly title: string;
  /** What has to be seen on the way, through the domain's commands and the worker. */
  readonly arrows: readonly Arrow[];
  readonly act: (stage: Stage) => Promise<void>;
}
