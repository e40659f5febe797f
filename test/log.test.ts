// No secret gets into the log, wherever in an entry it stands, and every line stays one JSON object.

import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createLog } from '../src/log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let text = '';
  const destination = new Writable({
    write(line: Buffer, _encoding, done) {
      text += line.toString();
      done();
    },
  });
  write(createLog('info', destination));
  expect(() => JSON.parse(text) as unknown).not.toThrow();
  return text;
}

const token = 'eyJhbGciOiJFUzI1NiJ9.eyJwYXJ0bmVyIjoiYWNtZSJ9.c2lnbmF0dXJl';

it.each([
  ['an authorization header', (log) => log.info({ headers: { authorization: 'Basic hunter2' } }, 'm')],
  ['an access token', (log) => log.info({ platform: { accessToken: 'hunter2' } }, 'm')],
  ['credentials', (log) => log.info({ credentials: { clientSecret: 'hunter2', refreshToken: 'hunter2' } }, 'm')],
  ['a form of OAuth', (log) => log.info('sent client_id=c&client_secret=hunter2&refresh_token=hunter2')],
  ['an answer of OAuth', (log) => log.info({ body: '{"access_token":"hunter2","refresh_token": "hunter2"}' }, 'm')],
  ['a bearer token in a message', (log) => log.info(`sent Bearer hunter2-${token}`)],
  ['a bearer token after a line break', (log) => log.info('sent\nBearer hunter2')],
  ['the password of a database', (log) => log.info('postgresql://postgres:hunter2@127.0.0.1:5432/gateway')],
  ['a token in an error', (log) => log.error({ err: new Error(`cannot use\n${token} hunter`) }, 'failed')],
  ['an e-mail address in a message', (log) => log.info('no such user: hunter2@company.example')],
  ['an e-mail address after a line break', (log) => log.info('users:\nhunter2@company.example')],
  ['an e-mail address after an escape', (log) => log.info('users:\u001bhunter2@company.example')],
  ['an e-mail address deep inside', (log) => log.info({ a: { b: { c: [{ to: 'hunter2@company.example' }] } } }, 'm')],
] satisfies readonly (readonly [string, (log: ReturnType<typeof createLog>) => void])[])(
  '%s is left out',
  (_what, write) => {
    const text = logged(write);
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain(token.slice(0, 20));
  },
);

it('what is no secret stays', () => {
  const text = logged((log) => log.info({ requestId: 'r-1', path: 'customers.0' }, 'an operation failed'));
  expect(JSON.parse(text)).toMatchObject({
    level: 'info',
    requestId: 'r-1',
    path: 'customers.0',
    msg: 'an operation failed',
  });
});
