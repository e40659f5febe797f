// A document read as a script: its operations in order, their variables filled, what their answers leave for later ones.
// Pure; sending is player.ts.

import { Kind, OperationTypeNode, parse, print, separateOperations } from 'graphql';
import type { OperationDefinitionNode } from 'graphql';
import { isRecord } from '../../pages/browser/is-record.ts';
import type { JsonRecord } from '../../pages/browser/is-record.ts';

export interface Step {
  readonly name: string;
  readonly isSubscription: boolean;
  /** This operation with the fragments it uses, and nothing else: limits count per request. */
  readonly query: string;
  readonly variables: readonly { readonly name: string; readonly isRequired: boolean }[];
}

/** Values by name that earlier answers left, such as templateId. */
export type KeptValues = Readonly<Record<string, string>>;

const placeholder = /\{(stamp|[a-z][A-Za-z]*Id)\}/g;

/** Null where only the server can say what is wrong: a syntax error, or several operations of which one has no name. */
export function readSteps(query: string): readonly Step[] | null {
  const document = parseOrNull(query);
  if (document === null) return null;
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operations.length > 1 && operations.some(({ name }) => name === undefined)) return null;
  const separated = separateOperations(document);
  return operations.map((operation) => toStep(operation, print(separated[operation.name?.value ?? ''] ?? document)));
}

function parseOrNull(query: string) {
  try {
    return parse(query);
  } catch {
    return null;
  }
}

function toStep(operation: OperationDefinitionNode, query: string): Step {
  return {
    name: operation.name?.value ?? '',
    isSubscription: operation.operation === OperationTypeNode.SUBSCRIPTION,
    query,
    variables: (operation.variableDefinitions ?? []).map(({ variable, type, defaultValue }) => ({
      name: variable.name.value,
      isRequired: type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined,
    })),
  };
}

export interface FilledVariables {
  readonly variables: JsonRecord;
  /** Names of values that no answer has left yet. */
  readonly missing: readonly string[];
}

/** The variables one step declares, with placeholders replaced; a required …Id that was left out is taken from the kept values. */
export function fillVariables(step: Step, given: JsonRecord, kept: KeptValues, stamp: string): FilledVariables {
  const missing = new Set<string>();
  const known: KeptValues = { ...kept, stamp };
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return value.replaceAll(placeholder, (text: string, name: string) => {
        const found = known[name];
        if (found === undefined) missing.add(name);
        return found ?? text;
      });
    }
    if (Array.isArray(value)) return value.map(fill);
    if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
    return value;
  };
  const variables: Record<string, unknown> = {};
  for (const { name, isRequired } of step.variables) {
    const value = given[name] ?? (isRequired && name.endsWith('Id') ? `{${name}}` : given[name]);
    if (value !== undefined) variables[name] = fill(value);
  }
  return { variables, missing: [...missing] };
}

/** Names of values that will be missing: no answer has left them yet, and no step before the one that needs them asks for them. */
export function missingValues(steps: readonly Step[], given: JsonRecord, kept: KeptValues): readonly string[] {
  return steps.flatMap((step, index) => {
    const { missing } = fillVariables(step, given, kept, '');
    const earlier = steps.slice(0, index);
    return missing.filter((name) => !earlier.some(({ query }) => answersWith(name).test(query)));
  });
}

/** Finds a field or alias of this name in a printed operation, which has one field a line. */
export function answersWith(name: string): RegExp {
  return new RegExp(`^ *${name}(:|$)`, 'm');
}

/** Every field called …Id of an answer; of several with one name (a list), the first. */
export function valuesToKeep(data: unknown): KeptValues {
  const found: Record<string, string> = {};
  const visit = (value: unknown) => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (isRecord(value)) {
      for (const [key, inner] of Object.entries(value)) {
        if (key.endsWith('Id') && typeof inner === 'string') found[key] ??= inner;
        else visit(inner);
      }
    }
  };
  visit(data);
  return found;
}

/** Why the steps after this answer must not be sent, in words; null when nothing is wrong. */
export function refusalIn(answer: JsonRecord): string | null {
  if (Array.isArray(answer['errors']) && answer['errors'].length > 0) return 'answered with errors';
  if (!isRecord(answer['data'])) return null;
  const refused = Object.values(answer['data']).some(
    (payload) => isRecord(payload) && Array.isArray(payload['userErrors']) && payload['userErrors'].length > 0,
  );
  return refused ? 'was refused, see its userErrors' : null;
}
