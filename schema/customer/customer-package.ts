// The packages of a customer.

import type { PackageCode as Code } from '../../src/database/generated/enums.ts';
import { packageOfferings } from '../../src/domain/catalogue/packages.ts';
import { parseErrors } from '../../src/domain/operation/provisioning-error.ts';
import { builder } from '../builder.ts';
import { PackageOffering } from '../catalogue/package-offering.ts';
import { viewerOf } from '../context.ts';
import { countOf, fieldLoaders } from '../shared/field-loader.ts';
import { openEnum } from '../shared/open-enum.ts';
import { ProvisioningError } from '../shared/provisioning-error.ts';
import { Customer } from './customer.ts';

const PackageStatus = builder.enumType('PackageStatus', {
  description: openEnum('Where a package of a customer stands.'),
  values: {
    PROVISIONING: { description: 'The platform is setting it up.' },
    PROVISIONED: { description: 'It can be used.' },
    DELETING: { description: 'The platform is taking it away.' },
    ERROR: { description: 'It could not be set up or taken away: see `errors`.' },
  },
});

interface PackageOfCustomer {
  readonly customerId: string;
  readonly code: Code;
}

const assignments = fieldLoaders<PackageOfCustomer, number>();

const CustomerPackage = builder.prismaObject('CustomerPackage', {
  description: 'A package that a customer has.',
  select: { customerId: true, code: true },
  fields: (t) => ({
    offering: t.field({
      type: PackageOffering,
      description: 'Which package, and what comes with it.',
      resolve: ({ code }) => packageOfferings[code],
    }),
    status: t.expose('status', { type: PackageStatus, description: 'Whether it can be used yet.' }),
    limit: t.exposeInt('limit', { nullable: true, description: 'How many users may have it at most; null: no limit.' }),
    assignedUsers: t.int({
      description: 'How many of the users have it, those still being provisioned included.',
      resolve: (customerPackage, _args, context, info) =>
        assignments(context, info, async (packages) => {
          const counts = await context.domain.database.user.groupBy({
            by: ['customerId', 'package'],
            where: {
              partnerId: viewerOf(context).partnerId,
              customerId: { in: [...new Set(packages.map(({ customerId }) => customerId))] },
            },
            _count: { _all: true },
          });
          const assigned = countOf(counts.map((row) => [`${row.customerId} ${row.package}`, row._count._all]));
          return ({ customerId, code }) => assigned(`${customerId} ${code}`);
        }).load(customerPackage),
    }),
    errors: t.field({
      type: [ProvisioningError],
      description: 'What went wrong with it in the last attempt; empty when nothing did.',
      select: { errors: true },
      resolve: ({ errors }) => parseErrors(errors),
    }),
    warnings: t.field({
      type: [ProvisioningError],
      description: 'What the platform remarked about it without failing, such as maintenance under way.',
      select: { warnings: true },
      resolve: ({ warnings }) => parseErrors(warnings),
    }),
  }),
});

builder.prismaObjectField(Customer, 'packages', (t) =>
  t.relation('packages', {
    type: CustomerPackage,
    description: 'What the customer has, being set up or taken away included.',
    query: { orderBy: { code: 'asc' } },
  }),
);
