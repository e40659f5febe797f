// The configuration complains about everything at once, in words for whoever has to mend it, and tells no secret.

import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

function problemsOf(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

describe('without a single setting', () => {
  it('is a sandbox on this machine with the local issuer', () => {
    expect(readConfig({})).toEqual({
      roles: new Set(['gateway', 'worker', 'sandbox']),
      host: '127.0.0.1',
      port: 4000,
      hasGraphiql: true,
      hasBoard: true,
      allowsIntrospection: true,
      compilesReads: true,
      shutdownTimeoutMs: 10_000,
      dataDir: path.resolve('.data'),
      databaseUrl: null,
      databasePoolSize: 10,
      platform: { kind: 'SANDBOX', host: '127.0.0.1', port: 4001, stageMs: 700, origin: 'http://127.0.0.1:4001' },
      credentialsKey: null,
      auth: null,
      usesLocalIssuer: true,
      partnerClaim: 'partner',
      rolesClaim: 'roles',
      logLevel: 'info',
      platformLimits: { requestsPerSecond: null, concurrentRequests: 100 },
      workerConcurrency: 16,
      reconcileEveryMs: 3_600_000,
      draftLifetimeMs: 30 * 24 * 3_600_000,
      eventRetentionMs: 30 * 24 * 3_600_000,
    });
  });

  it('is the same when every key is there and empty', () => {
    const empty = { PORT: '', HOST: '', DATABASE_URL: '', PLATFORM: '', AUTH_ISSUER: '', GRAPHIQL: '' };
    expect(readConfig(empty)).toEqual(readConfig({}));
  });
});

describe('settings', () => {
  it('are read', () => {
    const config = readConfig({
      PORT: '0',
      GRAPHIQL: 'off',
      BOARD: 'off',
      DRAFT_LIFETIME: '12h',
      SHUTDOWN_TIMEOUT: '500ms',
      PLATFORM: 'webex',
      WEBEX_BASE_URL: 'https://webex.example/v1/',
      WEBEX_ACCESS_TOKEN: 'token',
      AUTH_ISSUER: 'https://login.example',
      AUTH_AUDIENCE: 'gateway',
      AUTH_JWKS_URL: 'https://login.example/keys',
    });
    expect(config).toMatchObject({
      port: 0,
      hasGraphiql: false,
      hasBoard: false,
      draftLifetimeMs: 12 * 3_600_000,
      shutdownTimeoutMs: 500,
      platform: {
        kind: 'WEBEX',
        baseUrl: 'https://webex.example/v1',
        credentials: { kind: 'TOKEN', accessToken: 'token' },
      },
      auth: { issuer: 'https://login.example', audience: 'gateway', jwksUrl: 'https://login.example/keys' },
      usesLocalIssuer: false,
    });
  });

  it('that are wrong are named all at once, each with what was expected and what was found', () => {
    expect(
      problemsOf({ PORT: 'http', GRAPHIQL: 'yes', BOARD: 'no', DRAFT_LIFETIME: '30', WORKER_CONCURRENCY: '0' }),
    ).toEqual([
      'PORT: expected a whole number from 0 to 65535; found "http"',
      'GRAPHIQL: expected on or off; found "yes"',
      'BOARD: expected on or off; found "no"',
      'WORKER_CONCURRENCY: expected a whole number from 1 to 100; found "0"',
      'DRAFT_LIFETIME: expected a length of time such as 500ms, 30s, 15m, 12h or 30d; found "30"',
    ]);
  });

  it.each([
    ['DATABASE_URL', 'mysql://root:hunter2@db.example/gateway'],
    ['WEBEX_ACCESS_TOKEN', 'hunter2 and more'],
    ['CREDENTIALS_KEY', 'hunter2hunter2'],
  ])('that are secret are not repeated: %s', (key, value) => {
    const problems = problemsOf({ [key]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(key);
    expect(problems.join()).not.toContain('hunter2');
  });

  it('that the real platform needs are asked for', () => {
    const keys = problemsOf({ PLATFORM: 'webex' }).map((problem) => problem.split(':')[0]);
    expect(keys).toEqual(['WEBEX_ACCESS_TOKEN', 'AUTH_JWKS_URL']);
  });

  it('of an integration come together, and leave no room for a token', () => {
    const problems = problemsOf({
      PLATFORM: 'webex',
      AUTH_JWKS_URL: 'https://a.example',
      WEBEX_CLIENT_ID: 'c',
      WEBEX_ACCESS_TOKEN: 'hunter2',
    });
    const keys = problems.map((problem) => problem.split(':')[0]);
    expect(keys.filter((key) => key?.startsWith('WEBEX'))).toEqual([
      'WEBEX_CLIENT_SECRET',
      'WEBEX_REFRESH_TOKEN',
      'WEBEX_ACCESS_TOKEN',
    ]);
    expect(problems.join()).not.toContain('hunter2');
  });

  it('of a token issuer come together', () => {
    const keys = problemsOf({ AUTH_ISSUER: 'https://login.example' }).map((problem) => problem.split(':')[0]);
    expect(keys).toEqual(['AUTH_JWKS_URL', 'AUTH_AUDIENCE']);
  });

  it('say what the process is, in any order and with any spaces', () => {
    const databaseUrl = 'postgresql://gateway@127.0.0.1/gateway';
    const rolesOf = (ROLES: string) => readConfig({ ROLES, DATABASE_URL: databaseUrl }).roles;
    expect(rolesOf('worker')).toEqual(new Set(['worker']));
    expect(rolesOf('sandbox, gateway')).toEqual(new Set(['gateway', 'sandbox']));
    expect(problemsOf({ ROLES: 'gateway,wroker', DATABASE_URL: databaseUrl })).toEqual([
      'ROLES: expected one or several of gateway, worker, sandbox, with commas between them; found "gateway,wroker"',
    ]);
  });

  it('that leave a role to another process ask for a database that both can use', () => {
    expect(problemsOf({ ROLES: 'gateway,worker' })).toEqual([
      'DATABASE_URL: expected the address of the PostgreSQL that the processes share, because ROLES leaves some of gateway, worker, sandbox to other processes: an embedded database belongs to one process; found nothing',
    ]);
    expect(problemsOf({ ROLES: 'sandbox,worker,gateway' })).toEqual([]);
  });

  it('know no sandbox in front of the real platform', () => {
    const webex = {
      PLATFORM: 'webex',
      WEBEX_ACCESS_TOKEN: 'token',
      AUTH_ISSUER: 'https://login.example',
      AUTH_AUDIENCE: 'gateway',
      AUTH_JWKS_URL: 'https://login.example/keys',
    };
    expect(readConfig(webex).roles).toEqual(new Set(['gateway', 'worker']));
    expect(problemsOf({ ...webex, ROLES: 'gateway,worker,sandbox' })).toEqual([
      'ROLES: expected gateway, worker or both, because PLATFORM is webex; found gateway,worker,sandbox',
    ]);
  });

  it('say where the sandbox is, on this machine or elsewhere', () => {
    expect(readConfig({ SANDBOX_PORT: '5001' }).platform).toMatchObject({ origin: 'http://127.0.0.1:5001' });
    expect(readConfig({ SANDBOX_URL: 'http://sandbox:4001/' }).platform).toMatchObject({
      origin: 'http://sandbox:4001',
    });
  });

  it('of the first partner may be missing where partners bring their own', () => {
    const own = { CREDENTIALS_KEY: Buffer.alloc(32, 7).toString('base64') };
    const keys = problemsOf({ PLATFORM: 'webex', ...own }).map((problem) => problem.split(':')[0]);
    expect(keys).toEqual(['AUTH_JWKS_URL']);
    expect(readConfig(own).credentialsKey).toEqual(Buffer.alloc(32, 7));
  });

  it('that are secret may stand in a file', () => {
    const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'secrets-')), 'token');
    const webex = {
      PLATFORM: 'webex',
      AUTH_ISSUER: 'https://login.example',
      AUTH_AUDIENCE: 'gateway',
      AUTH_JWKS_URL: 'https://login.example/keys',
      WEBEX_ACCESS_TOKEN_FILE: file,
    };
    expect(problemsOf(webex)).toEqual([
      `WEBEX_ACCESS_TOKEN_FILE: expected a file that holds the secret and nothing else; found "${file}", which cannot be read (ENOENT)`,
    ]);
    writeFileSync(file, 'hunter2\n');
    expect(readConfig(webex).platform).toMatchObject({ credentials: { kind: 'TOKEN', accessToken: 'hunter2' } });
    writeFileSync(file, 'hunter2 and more');
    expect(problemsOf(webex).join()).toMatch(/^WEBEX_ACCESS_TOKEN: expected a token without spaces.*not shown/);
    writeFileSync(file, '\n');
    expect(problemsOf(webex).join()).toContain('which is empty');
    expect(problemsOf({ ...webex, WEBEX_ACCESS_TOKEN: 'hunter2' }).join()).toContain(
      'because WEBEX_ACCESS_TOKEN is set',
    );
  });

  it('that hold a password in an address are not repeated', () => {
    const problems = problemsOf({ WEBEX_BASE_URL: 'https://user:hunter2@webex.example/v1' });
    expect(problems).toHaveLength(1);
    expect(problems.join()).not.toContain('hunter2');
  });

  it('carry no token over an open line, but on this machine they may', () => {
    expect(problemsOf({ WEBEX_BASE_URL: 'http://webex.example/v1' })).toHaveLength(1);
    expect(problemsOf({ WEBEX_BASE_URL: 'http://127.0.0.1:4001/v1' })).toEqual([]);
  });
});
