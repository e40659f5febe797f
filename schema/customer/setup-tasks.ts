// What is still to do for a customer before its people can work. Nobody has to do all of it: it is a reminder.

import { packageOfferings } from '../../src/domain/catalogue/packages.ts';
import { isProvisioned } from '../../src/domain/customer/status.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import type { RequestContext } from '../context.ts';
import { countOf, fieldLoaders } from '../shared/field-loader.ts';
import { openEnum } from '../shared/open-enum.ts';
import { Customer } from './customer.ts';

const SetupTask = builder.enumType('SetupTask', {
  description: openEnum('Something that is still to do for a provisioned customer.'),
  values: {
    ADD_LOCATIONS: { description: 'It has no location that people could be at.' },
    ADD_USERS: { description: 'Nobody has a package yet.' },
    ASSIGN_PHONE_NUMBERS: {
      description: 'Somebody with a calling package has neither a phone number nor an extension.',
    },
    ASSIGN_ADMIN_ROLES: { description: 'None of its people can administer it in Control Hub.' },
  },
});

type Task = typeof SetupTask.$inferType;

interface SetupCounts {
  readonly locations: number;
  readonly users: number;
  readonly usersLackingNumbers: number;
  readonly administrators: number;
}

function openTasks({ locations, users, usersLackingNumbers, administrators }: SetupCounts): Task[] {
  const isOpen: Record<Task, boolean> = {
    ADD_LOCATIONS: locations === 0,
    ADD_USERS: users === 0,
    ASSIGN_PHONE_NUMBERS: usersLackingNumbers > 0,
    ASSIGN_ADMIN_ROLES: users > 0 && administrators === 0,
  };
  return (['ADD_LOCATIONS', 'ADD_USERS', 'ASSIGN_PHONE_NUMBERS', 'ASSIGN_ADMIN_ROLES'] as const).filter(
    (task) => isOpen[task],
  );
}

const callingPackages = Object.values(packageOfferings)
  .filter(({ includesCalling }) => includesCalling)
  .map(({ code }) => code);

const tasks = fieldLoaders<string, Task[]>();

builder.prismaObjectField(Customer, 'setupTasks', (t) =>
  t.field({
    type: [SetupTask],
    description:
      'What is still to do, in a sensible order; empty when all is done, and while the customer is not provisioned.',
    resolve: ({ id }, _args, context, info) =>
      tasks(context, info, (customerIds) => loadTasks(context, customerIds)).load(id),
  }),
);

async function loadTasks(context: RequestContext, customerIds: readonly string[]) {
  const { customer, user } = context.domain.database;
  const { partnerId } = viewerOf(context);
  const users = { partnerId, customerId: { in: [...customerIds] } };
  const countUsers = (where: Parameters<typeof user.groupBy>[0]['where']) =>
    user.groupBy({ by: ['customerId'], where: { AND: [users, where ?? {}] }, _count: { _all: true } });
  const [customers, lackingNumbers, administrating] = await Promise.all([
    customer.findMany({
      where: { partnerId, id: { in: [...customerIds] } },
      select: {
        id: true,
        status: true,
        _count: { select: { locations: { where: { status: { not: 'ERROR' } } }, users: true } },
      },
    }),
    countUsers({ package: { in: callingPackages }, extension: null, phoneNumber: { is: null } }),
    countUsers({ OR: [{ isCustomerAdmin: true }, { roles: { isEmpty: false } }] }),
  ]);
  const lacking = countOf(lackingNumbers.map(({ customerId, _count }) => [customerId, _count._all]));
  const administrators = countOf(administrating.map(({ customerId, _count }) => [customerId, _count._all]));
  const byCustomer = new Map(
    customers
      .filter(({ status }) => isProvisioned(status))
      .map(({ id, _count }) => [
        id,
        openTasks({ ..._count, usersLackingNumbers: lacking(id), administrators: administrators(id) }),
      ]),
  );
  return (customerId: string) => byCustomer.get(customerId) ?? [];
}
