// From status, header and text to kind and message; no network.

import { describe, expect, it } from 'vitest';
import { failureOfAnswer, failureOfCall, retryAfterMs } from '../../src/platform/webex/failures.ts';
import { mostTelling, safeText, toIssue } from '../../src/platform/webex/issues.ts';

const write = { operation: 'create the customer', effect: 'write' } as const;
const read = { operation: 'read the customer', effect: 'read' } as const;
const nowMs = Date.UTC(2026, 0, 1);

function answer(status: number, more: Partial<Parameters<typeof failureOfAnswer>[1]> = {}) {
  return { status, retryAfter: null, trackingId: 'T1', message: null, errors: [], ...more };
}

describe('the kind of a failure', () => {
  it.each([401, 408, 423, 425, 429, 503])('is busy for status %i, whatever was tried', (status) => {
    expect(failureOfAnswer(write, answer(status), nowMs).kind).toBe('busy');
    expect(failureOfAnswer(read, answer(status), nowMs).kind).toBe('busy');
  });

  it.each([400, 403, 404, 405, 409, 410, 415, 422, 428, 501])('is rejected for status %i', (status) => {
    expect(failureOfAnswer(write, answer(status), nowMs).kind).toBe('rejected');
  });

  it('is busy, until an operator has mended the address, where somebody else answers', () => {
    const strangers = [
      answer(302),
      answer(307),
      ...[403, 404, 405].map((status) => answer(status, { isForeign: true })),
    ];
    for (const stranger of strangers) {
      const failure = failureOfAnswer(write, stranger, nowMs);
      expect(failure).toMatchObject({ kind: 'busy', fault: 'ADDRESS', retryAfterMs: 30_000 });
      expect(failure.message).toContain('WEBEX_BASE_URL');
    }
  });

  it.each(['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
    'is busy for %s, until an operator has mended the address or the trust',
    (code) => {
      const cause = new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) });
      const failure = failureOfCall(write, 'network', 1000, cause);
      expect(failure).toMatchObject({ kind: 'busy', fault: 'ADDRESS', retryAfterMs: 30_000 });
      expect(failure.message).toContain(code);
    },
  );

  it.each([500, 502, 504, 599])('is unknown for status %i after a write, busy after a read', (status) => {
    expect(failureOfAnswer(write, answer(status), nowMs).kind).toBe('unknown');
    expect(failureOfAnswer(read, answer(status), nowMs).kind).toBe('busy');
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED'])(
    'is busy for %s, since nothing was sent',
    (code) => {
      const cause = new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) });
      expect(failureOfCall(write, 'network', 1000, cause)).toMatchObject({ kind: 'busy', status: null });
    },
  );

  it('is busy where every address of a host refuses', () => {
    const refused = Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
    const cause = new TypeError('fetch failed', { cause: new AggregateError([refused, refused]) });
    expect(failureOfCall(write, 'network', 1000, cause).kind).toBe('busy');
  });

  it.each(['timeout', 'closed', 'network'] as const)('is unknown where a write ends by %s', (brokenBy) => {
    const cause = new TypeError('terminated', { cause: Object.assign(new Error('cut'), { code: 'ECONNRESET' }) });
    const failure = failureOfCall(write, brokenBy, 1000, cause);
    expect(failure).toMatchObject({ kind: 'unknown', status: null });
    expect(failure.message).toContain('look before asking again');
  });
});

describe('Retry-After', () => {
  it.each([
    ['7', 7_000],
    ['0', 0],
    ['99999', 900_000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
    ['Fri, 02 Jan 2026 00:00:00 GMT', 900_000],
    ['soon', null],
    ['-5', null],
    ['', null],
    [null, null],
  ])('%s means %s ms', (header, expected) => {
    expect(retryAfterMs(header, nowMs)).toBe(expected);
  });

  it('is carried by busy failures only', () => {
    expect(failureOfAnswer(write, answer(429, { retryAfter: '3' }), nowMs).retryAfterMs).toBe(3_000);
    expect(failureOfAnswer(write, answer(400, { retryAfter: '3' }), nowMs).retryAfterMs).toBeNull();
  });
});

describe('the message', () => {
  it('says what was refused and why, and keeps code and tracking ID apart', () => {
    const errors = [{ errorCode: '10022', description: 'The email is already associated', fieldName: null }];
    const failure = failureOfAnswer(write, answer(400, { errors, message: 'Bad' }), nowMs);
    expect(failure).toMatchObject({ platformCode: '10022', trackingId: 'T1', status: 400 });
    expect(failure.message).toBe(
      'Webex refused to create the customer: the request is not acceptable. Reason given (code 10022): ' +
        'The e-mail address already belongs to an existing Webex user; use another address.',
    );
  });

  it.each(['10022', '2560', '8361', '1001', '1002'])('explains the documented code %s and keeps it', (errorCode) => {
    const issue = toIssue({ errorCode, description: null, fieldName: null });
    expect(issue.platformCode).toBe(errorCode);
    expect(issue.message).not.toContain('gave no explanation');
  });

  it('names the missing field', () => {
    expect(toIssue({ errorCode: '1001', description: null, fieldName: 'address.city' }).message).toContain(
      'address.city',
    );
  });

  it('quotes codes it does not know', () => {
    const issue = toIssue({ errorCode: '90012', description: 'Package limit reached', fieldName: null });
    expect(issue).toEqual({ platformCode: '90012', message: 'Package limit reached' });
  });

  it('finds the code inside a telephony text', () => {
    const description = '[Error 8361] DN is unavailable : +12145559000';
    const issue = toIssue({ errorCode: null, description, fieldName: null });
    expect(issue.platformCode).toBe('8361');
    expect(issue.message).toContain('+12145559000');
  });

  it('chooses the entry that tells most', () => {
    const plain = { errorCode: null, description: 'something', fieldName: null };
    const coded = { errorCode: '77', description: null, fieldName: null };
    const known = { errorCode: '2560', description: null, fieldName: null };
    expect(mostTelling([plain, coded, known])).toBe(known);
    expect(mostTelling([plain, coded])).toBe(coded);
    expect(mostTelling([plain])).toBe(plain);
    expect(mostTelling([])).toBeNull();
  });

  it('lets neither credentials nor control characters nor long texts through', () => {
    expect(safeText('bad header Authorization: Bearer abc.def-ghi in line\n\n2\u0000')).toBe(
      'bad header Authorization: [hidden] in line 2',
    );
    expect(safeText('token eyJhbGciOi.eyJzdWIiOi.c2ln is expired')).toBe('token [hidden] is expired');
    expect(safeText('x'.repeat(5_000))).toHaveLength(300);
    expect(safeText(' \n')).toBeNull();
  });
});
