// `npm run token`: the token alone on standard output, so that a shell can keep it in a variable.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, describe, expect, it } from 'vitest';
import { partnerRoles } from '../../src/domain/viewer.ts';

const program = path.resolve(import.meta.dirname, '../../src/cli/token.ts');
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'gateway-token-'));
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    env: { DATA_DIR: dataDir },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('the token program', () => {
  it.each(partnerRoles)('prints a token for the role %s, good for twelve hours, and nothing else', (role) => {
    const { status, stdout } = run('--partner', 'nordic', '--role', role);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const { partner, roles, iat = 0, exp = 0 } = decodeJwt(stdout.trim());
    expect({ partner, roles, seconds: exp - iat }).toEqual({ partner: 'nordic', roles: [role], seconds: 43_200 });
  });

  it('makes it as short-lived as asked', () => {
    const { stdout } = run('--partner', 'acme', '--role', 'FULL_ADMIN', '--ttl', '15m');
    const { iat = 0, exp = 0 } = decodeJwt(stdout.trim());
    expect(exp - iat).toBe(900);
  });

  it.each([
    ['no partner', ['--role', 'FULL_ADMIN'], '--partner is missing'],
    ['an unknown role', ['--partner', 'acme', '--role', 'KING'], 'found KING'],
    ['a length of time that is none', ['--partner', 'acme', '--role', 'FULL_ADMIN', '--ttl', 'soon'], 'soon'],
  ])('says what is wrong with %s, and prints no token', (_what, args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('usage: npm run token');
  });
});
