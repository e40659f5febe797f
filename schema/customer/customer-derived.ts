// What is worked out about a customer rather than stored with it.

import { endedOperationStatuses } from '../../src/domain/operation/status.ts';
import { builder } from '../builder.ts';
import { AttachConsent } from '../attach/consent.ts';
import { viewerOf } from '../context.ts';
import { Location } from '../location/location.ts';
import { ProvisioningOperation } from '../operation/operation.ts';
import { Customer } from './customer.ts';

builder.prismaObjectFields(Customer, (t) => ({
  headquarters: t.field({
    type: Location,
    nullable: true,
    description: 'Its first location; null for a customer without a calling package that was created without one.',
    select: (_args, context, nestedSelection) => ({
      locations: nestedSelection({
        where: { partnerId: viewerOf(context).partnerId, kind: 'HEADQUARTERS' },
        take: 1,
        select: { id: true },
      }),
    }),
    resolve: ({ locations }) => locations[0] ?? null,
  }),
  currentOperation: t.field({
    type: ProvisioningOperation,
    nullable: true,
    description: 'The newest operation that has not ended; null when nothing is going on.',
    select: (_args, context, nestedSelection) => ({
      operations: nestedSelection({
        where: { partnerId: viewerOf(context).partnerId, status: { notIn: [...endedOperationStatuses] } },
        orderBy: [{ acceptedAt: 'desc' }, { id: 'desc' }],
        take: 1,
        select: { id: true },
      }),
    }),
    resolve: ({ operations }) => operations[0] ?? null,
  }),
  attachConsent: t.field({
    type: AttachConsent,
    nullable: true,
    description: 'The last request for consent to attach its organisation; null when none was needed.',
    select: (_args, context, nestedSelection) => ({
      attachConsents: nestedSelection({
        where: { partnerId: viewerOf(context).partnerId },
        orderBy: [{ requestedAt: 'desc' }, { id: 'desc' }],
        take: 1,
        select: { id: true },
      }),
    }),
    resolve: ({ attachConsents }) => attachConsents[0] ?? null,
  }),
}));
