// The quick way of reading an update finds what the thorough way finds, and leaves everything else to it.

import { describe, expect, it } from 'vitest';
import { readMessage, readUpdate, searchUpdate } from './messages.ts';

const event = { id: 'RXZlbnQ6MQ', type: 'STEP_PROGRESSED', message: '#12 a step got further', toStatus: null };
const customer = { companyName: 'Company 1', status: 'PROVISIONED' };

function next(payload: object): string {
  return JSON.stringify({ id: '3', type: 'next', payload });
}

function thoroughly(text: string) {
  const { id, payload } = readMessage(text);
  return { id, update: readUpdate(payload) };
}

describe('an update', () => {
  it.each([
    ['with an event', { cursor: 'AAAA', event, customer }],
    ['with the customer inside the event', { cursor: 'AAAA', event: { ...event, customer } }],
    ['that tells the present state', { cursor: 'AAAA', event: null, customer }],
  ])('%s is found without being parsed', (_name, update) => {
    const text = next({ data: { update } });
    const found = searchUpdate(text);
    expect(found).toEqual(thoroughly(text));
    expect(found?.id).toBe('3');
  });

  it('is found whichever of id and type comes first', () => {
    const payload = { data: { update: { cursor: 'AAAA', event, customer } } };
    const text = JSON.stringify({ type: 'next', id: '3', payload });
    expect(searchUpdate(text)).toEqual(thoroughly(text));
  });

  it('with errors is left to the thorough way, which tells of them', () => {
    const errors = [{ message: 'The customer could not be read', extensions: { code: 'INTERNAL' } }];
    const text = next({ data: { update: { cursor: 'AAAA', event, customer: null } }, errors });
    expect(searchUpdate(text)).toBeNull();
    expect(thoroughly(text).update.complaints).toEqual(['INTERNAL: The customer could not be read']);
  });

  it.each(['{"type":"connection_ack"}', '{"id":"3","type":"complete"}', next({ data: null })])(
    'is not seen in %s',
    (text) => expect(searchUpdate(text)).toBeNull(),
  );
});
