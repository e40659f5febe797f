// Mutation.cancelOperation

import { cancelOperation } from '../../src/domain/operation/cancel-operation.ts';
import type { OperationReference } from '../../src/domain/operation/cancel-operation.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { rowId } from '../shared/global-id.ts';
import { inputDescription } from '../shared/input.ts';
import { payloadType } from '../shared/payload.ts';
import { findOperation, ProvisioningOperation } from './operation.ts';

const CancelOperationInput = builder.inputType('CancelOperationInput', {
  description: 'Which operation to call off.',
  fields: (t) => ({
    operationId: t.id({ required: true, description: 'An operation of yours that has not ended.' }),
  }),
});

const CancelOperationPayload = payloadType<OperationReference>(
  'CancelOperationPayload',
  'The answer to calling off an operation.',
  (t) => ({
    operation: t.prismaField({
      type: ProvisioningOperation,
      nullable: true,
      description:
        'The operation as it is now: CANCELLED, or still RUNNING for the seconds that its worker needs to end what is under way. Null when there is none.',
      resolve: (query, { value }, _args, context) => findOperation(context, query, value?.operationId),
    }),
  }),
);

builder.mutationField('cancelOperation', (t) =>
  t.field({
    type: CancelOperationPayload,
    nullable: true,
    description:
      'Calls an operation off. What it has made stays; what it had not begun is removed, so that its names, e-mail addresses and numbers are free again. The creation of a customer can be called off until the platform has been asked for it; changes and removals cannot.',
    authScopes: { provision: true },
    args: { input: t.arg({ type: CancelOperationInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      cancelOperation(context.domain, viewerOf(context), {
        operationId: rowId('ProvisioningOperation', input.operationId),
      }),
  }),
);
