// Which documents can be followed, and what the client finds in them.

import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/client/document.ts';
import * as documents from '../generated/graphql.ts';

describe('a document that can be followed', () => {
  it('may be parsed or text, with aliases and fragments', () => {
    const text = /* GraphQL */ `
      subscription Live($from: EventCursor, $id: ID!) {
        ...Root
      }
      fragment Root on Subscription {
        live: customerUpdated(customerId: $id, after: $from) {
          ... on CustomerUpdate {
            place: cursor
          }
          why: event {
            ...Why
          }
        }
      }
      fragment Why on ProvisioningEvent {
        version: customerVersion
      }
    `;
    const expected = {
      afterVariable: 'from',
      beginsWithState: true,
      keys: { root: 'live', cursor: 'place', event: 'why', customerVersion: 'version', customerId: null },
    };
    expect(readDocument(text)).toMatchObject(expected);
    expect(readDocument(parse(text))).toMatchObject(expected);
  });

  it.each([
    ['no filter', {}, true],
    ['a filter of nothing', { filter: null }, true],
    ['a filter by customers', { filter: { customerIds: ['1'], types: null } }, true],
    ['a filter by types', { filter: { customerIds: ['1'], types: ['STEP_STARTED'] } }, false],
    ['a filter by operations', { filter: { operationIds: ['1'] } }, false],
  ])('tells everything of its customers with %s: %s', (_what, variables, isWhole) => {
    expect(readDocument(documents.EventsDocument).tellsWholeCustomers(variables)).toBe(isWhole);
  });

  it.each([
    ['types: [STEP_STARTED]', false],
    ['customerIds: ["1"]', true],
  ])('with the filter { %s } written into it tells everything of its customers: %s', (filter, isWhole) => {
    const document = `subscription ($after: EventCursor) { events(after: $after, filter: { ${filter} }) { cursor event { customerId customerVersion } } }`;
    expect(readDocument(document).tellsWholeCustomers({})).toBe(isWhole);
  });

  it('tells everything of one customer, and a part where it follows an operation', () => {
    expect(readDocument(documents.CustomerUpdatedDocument).tellsWholeCustomers({})).toBe(true);
    expect(readDocument(documents.OperationUpdatedDocument).tellsWholeCustomers({})).toBe(false);
  });
});

describe('a document that cannot be resumed is refused with what is missing', () => {
  it.each([
    ['query { viewer { id } }', /a subscription/],
    [
      'subscription A($after: EventCursor) { events(after: $after) { cursor } } query B { viewer { id } }',
      /one operation/,
    ],
    ['subscription ($after: EventCursor) { events(after: $after) { event { id } } }', /select "cursor" in events/],
    ['subscription { events { cursor } }', /declare a variable "\$after: EventCursor"/],
    ['subscription { events(after: "here") { cursor } }', /declare a variable "\$after: EventCursor"/],
    [
      'subscription ($after: EventCursor!) { events(after: $after) { cursor } }',
      /declare a variable "\$after: EventCursor"/,
    ],
  ])('%s', (document, message) => {
    expect(() => readDocument(document)).toThrow(TypeError);
    expect(() => readDocument(document)).toThrow(message);
  });
});
