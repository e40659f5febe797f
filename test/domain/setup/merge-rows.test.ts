// Which CSV rows a draft takes, and what becomes of the users it has.

import { describe, expect, it } from 'vitest';
import { mergeRows } from '../../../src/domain/setup/merge-rows.ts';
import { caller, facts, user } from './facts.ts';

const rowsOf = (...users: ReturnType<typeof user>[]) =>
  users.map((one) => ({ row: one.position, user: one, issues: [] }));
const rejections = ({ rejectedRows }: ReturnType<typeof mergeRows>) =>
  rejectedRows.map(({ row, issues }) => [row, ...issues.map(({ code, path }) => `${code} ${path.join('.')}`)]);

describe('merging CSV rows into a draft', () => {
  it('appends new users and replaces those with the same e-mail address where they stand', () => {
    const stored = { locations: [], users: [user(0), user(1)] };
    const rows = rowsOf(
      user(2, { email: 'new@blue.example' }),
      user(3, { email: 'user0@blue.example', lastName: 'Summer' }),
    );
    const merged = mergeRows(stored, facts(), rows);
    expect(merged.users).toEqual([user(0, { lastName: 'Summer' }), user(1), user(2, { email: 'new@blue.example' })]);
    expect(merged.imported.map(({ position }) => position)).toEqual([2, 0]);
    expect(merged.rejectedRows).toEqual([]);
  });

  it('names bad rows and takes the others', () => {
    const rows = [
      ...rowsOf(
        user(2),
        user(3, { email: 'user2@blue.example' }),
        user(4, { package: 'WEBEX_SUITE', locationName: 'Nowhere' }),
        user(5, { email: 'there@blue.example' }),
        user(6, { extension: '20' }),
        caller(7, { extension: '30' }),
      ),
      { row: 8, user: null, issues: [{ code: 'REQUIRED', message: 'm', path: ['email'] } as const] },
      ...rowsOf(user(9)),
    ];
    const known = facts({ takenEmails: new Set(['there@blue.example']), takenExtensions: new Set(['30']) });
    const merged = mergeRows({ locations: [], users: [] }, known, rows);
    expect(merged.users.map(({ email }) => email)).toEqual(['user2@blue.example', 'user9@blue.example']);
    expect(rejections(merged)).toEqual([
      [3, 'DUPLICATE email'],
      [4, 'PACKAGE_NOT_IN_CUSTOMER package', 'NOT_FOUND locationName'],
      [5, 'EMAIL_TAKEN email'],
      [6, 'NUMBER_NOT_ALLOWED extension'],
      [7, 'EXTENSION_TAKEN extension'],
      [8, 'REQUIRED email'],
    ]);
  });

  it("takes a calling user without a number: numbers are the next step's business", () => {
    expect(mergeRows({ locations: [], users: [] }, facts(), rowsOf(caller(2))).rejectedRows).toEqual([]);
  });

  it("S8: rejects the rows beyond a package's limit", () => {
    const known = facts({
      packages: new Map([['WEBEX_MEETINGS', 3]]),
      assignedUsers: new Map([['WEBEX_MEETINGS', 1]]),
    });
    const merged = mergeRows({ locations: [], users: [user(0)] }, known, rowsOf(user(2), user(3), user(4)));
    expect(merged.imported).toHaveLength(1);
    expect(rejections(merged)).toEqual([
      [3, 'PACKAGE_LIMIT_EXCEEDED package'],
      [4, 'PACKAGE_LIMIT_EXCEEDED package'],
    ]);
  });

  it('does not count a replaced user twice', () => {
    const known = facts({ packages: new Map([['WEBEX_MEETINGS', 2]]) });
    const merged = mergeRows({ locations: [], users: [user(0), user(1)] }, known, rowsOf(user(1), user(0)));
    expect(merged.rejectedRows).toEqual([]);
  });

  it('lets a corrected list hand numbers round', () => {
    const users = [caller(0, { extension: '20' }), caller(1, { extension: '21' })];
    const rows = rowsOf(caller(0, { extension: '21' }), caller(1, { extension: '20' }));
    expect(mergeRows({ locations: [], users }, facts(), rows).rejectedRows).toEqual([]);
  });

  it('leaves numbers with users that the rows do not mention', () => {
    const users = [caller(0, { phoneNumber: '+14155550100' })];
    const rows = rowsOf(caller(5, { phoneNumber: '+14155550100' }));
    expect(rejections(mergeRows({ locations: [], users }, facts(), rows))).toEqual([[5, 'DUPLICATE phoneNumber']]);
  });
});
