// The operations that the GraphiQL page offers fit the schema, and their variables fit them.

import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { missingValues, readSteps } from '../../src/server/graphiql/page/script.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const schema = buildSchema(read('schema/schema.graphql'));

const firstLook = read('src/server/graphiql/page/tabs/first-look.graphql');

test('the operation of the tab first-look fits the schema', () => {
  expect(validate(schema, parse(firstLook))).toEqual([]);
});

describe.each(['template-wizard', 'customer-wizard', 'setup-wizard', 'live-status'])('the tab %s', (name) => {
  const document = read(`src/server/graphiql/page/tabs/${name}.graphql`);
  const variables = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(read(`src/server/graphiql/page/tabs/${name}.variables.json`)));
  const steps = readSteps(document) ?? [];

  test('has operations that fit the schema', () => {
    expect(validate(schema, parse(document))).toEqual([]);
  });

  test('gives a value to every variable, and to nothing else', () => {
    const declared = new Set(steps.flatMap((step) => step.variables.map((variable) => variable.name)));
    expect(Object.keys(variables).toSorted()).toEqual([...declared].toSorted());
  });

  test('needs from other tabs only what they leave', () => {
    const fromOtherTabs = { templateId: '1', customerId: '1', operationId: '1' };
    expect(missingValues(steps, variables, fromOtherTabs)).toEqual([]);
  });
});
