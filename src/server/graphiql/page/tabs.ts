// The tabs a first visit finds, in this order. A test validates every operation in tabs/ against the schema.

import { answersWith } from './script.ts';
import customerWizard from './tabs/customer-wizard.graphql?raw';
import customerWizardVariables from './tabs/customer-wizard.variables.json?raw';
import firstLook from './tabs/first-look.graphql?raw';
import liveStatus from './tabs/live-status.graphql?raw';
import liveStatusVariables from './tabs/live-status.variables.json?raw';
import setupWizard from './tabs/setup-wizard.graphql?raw';
import setupWizardVariables from './tabs/setup-wizard.variables.json?raw';
import templateWizard from './tabs/template-wizard.graphql?raw';
import templateWizardVariables from './tabs/template-wizard.variables.json?raw';

export interface ReadyTab {
  readonly title: string;
  readonly query: string;
  /** Text of the variables editor. */
  readonly variables: string;
}

export const readyTabs: readonly ReadyTab[] = [
  { title: 'First look', query: firstLook, variables: '' },
  { title: 'Template wizard', query: templateWizard, variables: templateWizardVariables },
  { title: 'Customer wizard', query: customerWizard, variables: customerWizardVariables },
  { title: 'Set-up wizard', query: setupWizard, variables: setupWizardVariables },
  { title: 'Live status', query: liveStatus, variables: liveStatusVariables },
];

/** The tab that an operation belongs to, or null for somebody's own operation. */
export function titleOfOperation(operationName: string): string | null {
  return titleOfFirstMatch(new RegExp(`^(query|mutation|subscription) ${operationName}\\b`, 'm'));
}

/** The first tab whose answers contain a value of this name, such as templateId. */
export function titleOfGiver(valueName: string): string | null {
  return titleOfFirstMatch(answersWith(valueName));
}

function titleOfFirstMatch(pattern: RegExp): string | null {
  return readyTabs.find(({ query }) => pattern.test(query))?.title ?? null;
}
