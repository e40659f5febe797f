// Which users of a customer to list.

import type { Prisma } from '../../src/database/generated/client.ts';
import { builder } from '../builder.ts';
import { PackageCode } from '../catalogue/package-offering.ts';
import { rowId } from '../shared/global-id.ts';
import { searchCondition } from '../shared/search.ts';
import { UserStatus } from './user.ts';

export const UserFilter = builder.inputType('UserFilter', {
  description: 'Which users to list; all conditions that are given must hold.',
  fields: (t) => ({
    search: t.string({
      description: 'A part of the first name, the last name or the e-mail address, regardless of case.',
    }),
    statuses: t.field({ type: [UserStatus], description: 'Any of these. Left out: any status.' }),
    package: t.field({ type: PackageCode, description: 'Only those who have this package.' }),
    locationId: t.id({ description: 'Only those at this location.' }),
  }),
});

export function userConditions(filter: typeof UserFilter.$inferInput): Prisma.UserWhereInput[] {
  const contains = searchCondition(filter.search);
  return [
    ...(contains ? [{ OR: [{ firstName: contains }, { lastName: contains }, { email: contains }] }] : []),
    ...(filter.statuses ? [{ status: { in: filter.statuses } }] : []),
    ...(filter.package ? [{ package: filter.package }] : []),
    ...(filter.locationId ? [{ locationId: rowId('Location', filter.locationId) }] : []),
  ];
}
