// Every code and every type of expected failure has a test that produces it through the API: test/api/user-errors/. The table
// there drives those tests; the compiler names a code that lacks its row, and here is what the compiler does not see.

import { isEnumType, isInterfaceType } from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '../../schema/index.ts';
import { problemTypes } from '../../src/domain/problem.ts';
import { attachRefusals } from '../api/user-errors/attach.ts';
import { customerRefusals } from '../api/user-errors/customer.ts';
import { draftRefusals } from '../api/user-errors/draft.ts';
import { everyCode } from '../api/user-errors/every-code.ts';
import { operationRefusals } from '../api/user-errors/operation.ts';
import { templateRefusals } from '../api/user-errors/template.ts';
import { userRefusals } from '../api/user-errors/user.ts';
import { valueRefusals } from '../api/user-errors/values.ts';

it('every code of the schema is produced by a test, and no other', () => {
  const type = schema.getType('UserErrorCode');
  const codes = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
  expect(codes.length).toBeGreaterThan(50);
  expect(Object.keys(everyCode).sort()).toEqual(codes.sort());
  expect(Object.keys(problemTypes).sort()).toEqual(codes);
});

it('no code is produced in two places, of which one would never run', () => {
  const tables = [
    attachRefusals,
    customerRefusals,
    draftRefusals,
    operationRefusals,
    templateRefusals,
    userRefusals,
    valueRefusals,
  ];
  expect(tables.flatMap((table) => Object.keys(table)).sort()).toEqual(Object.keys(everyCode).sort());
});

it('every type of error carries a code that is produced', () => {
  const type = schema.getType('UserError');
  const implementors = isInterfaceType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : [];
  expect([...new Set(Object.values(problemTypes))].sort()).toEqual(implementors.sort());
});
