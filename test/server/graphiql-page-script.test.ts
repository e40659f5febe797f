// How the GraphiQL page reads a document as a script of operations.

import { describe, expect, test } from 'vitest';
import {
  fillVariables,
  missingValues,
  readSteps,
  refusalIn,
  valuesToKeep,
} from '../../src/server/graphiql/page/script.ts';
import { describeExpiry, readToken } from '../../src/server/pages/browser/token.ts';

const script = `
  mutation Start { start { draft { draftId: id } } }
  mutation Save($draftId: ID!, $name: String!, $note: String, $otherId: ID) {
    save(draftId: $draftId, name: $name, note: $note, otherId: $otherId) { ...Result }
  }
  fragment Result on Payload { ok }
`;
const [start, save] = readSteps(script) ?? [];

describe('reading a document', () => {
  test('gives its operations in order, each with the fragments it uses and no more', () => {
    expect([start?.name, save?.name]).toEqual(['Start', 'Save']);
    expect(start?.query).not.toContain('fragment');
    expect(save?.query).toContain('fragment Result');
  });

  test('leaves to the server what only the server can explain', () => {
    expect(readSteps('query {')).toBeNull();
    expect(readSteps('{ a } query B { b }')).toBeNull();
  });
});

describe('filling variables', () => {
  test('replaces placeholders at any depth and leaves out what the operation does not declare', () => {
    const given = { draftId: '{draftId}', name: 'Gold {stamp}', note: { deep: ['{stamp}!'] }, unused: 1 };
    expect(save && fillVariables(save, given, { draftId: 'd1' }, '7')).toEqual({
      variables: { draftId: 'd1', name: 'Gold 7', note: { deep: ['7!'] } },
      missing: [],
    });
  });

  test('takes a required id that was left out from the kept values, and never an optional one', () => {
    const kept = { draftId: 'd1', otherId: 'o1' };
    expect(save && fillVariables(save, { name: 'a' }, kept, '7').variables).toEqual({ draftId: 'd1', name: 'a' });
  });

  test('names the values that no answer has left', () => {
    expect(save && fillVariables(save, { name: 'a {templateId}' }, {}, '7').missing).toEqual(['draftId', 'templateId']);
  });

  test('counts on the steps before: only what none of them answers is missing', () => {
    const steps = readSteps(script) ?? [];
    expect(missingValues(steps, { name: '{templateId}' }, {})).toEqual(['templateId']);
    expect(missingValues(steps.slice(1), { name: 'a' }, {})).toEqual(['draftId']);
  });
});

test('every answered field called …Id is kept, of several the first', () => {
  const data = { viewer: { admins: [{ adminId: 'a1' }, { adminId: 'a2' }], id: 'x', organizationId: null } };
  expect(valuesToKeep(data)).toEqual({ adminId: 'a1' });
});

test('errors and user errors stop a script, empty lists of them do not', () => {
  expect(refusalIn({ data: null, errors: [{ message: 'no' }] })).not.toBeNull();
  expect(refusalIn({ data: { save: { userErrors: [{ code: 'REQUIRED' }] } } })).not.toBeNull();
  expect(refusalIn({ data: { save: { userErrors: [] }, viewer: null } })).toBeNull();
});

describe('a token', () => {
  const encode = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`;

  test('tells its partner, its roles and when it expires', () => {
    expect(readToken(encode({ partner: 'zoë', role: 'FULL_ADMIN', exp: 60 }))).toEqual({
      partner: 'zoë',
      roles: ['FULL_ADMIN'],
      expiresAt: new Date(60_000),
    });
  });

  test('is not any text', () => {
    expect(readToken('a.b.c')).toBeNull();
    expect(readToken('secret')).toBeNull();
  });

  test('says how long it is good for', () => {
    const now = new Date(0);
    expect(describeExpiry(new Date(0), now)).toBe('expired');
    expect(describeExpiry(new Date(90_000), now)).toBe('expires in 2 min');
    expect(describeExpiry(new Date(3_600_000), now)).toBe('expires in 1 h 0 min');
  });
});
