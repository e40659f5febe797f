// Mutation.retryOperation

import type { OperationReference } from '../../src/domain/operation/cancel-operation.ts';
import { retryOperation } from '../../src/domain/operation/retry-operation.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { rowId } from '../shared/global-id.ts';
import { inputDescription } from '../shared/input.ts';
import { payloadType } from '../shared/payload.ts';
import { findOperation, ProvisioningOperation } from './operation.ts';

const RetryOperationInput = builder.inputType('RetryOperationInput', {
  description: 'Which operation to try again.',
  fields: (t) => ({
    operationId: t.id({
      required: true,
      description: 'An operation of yours that is FAILED or PARTIALLY_SUCCEEDED.',
    }),
  }),
});

const RetryOperationPayload = payloadType<OperationReference>(
  'RetryOperationPayload',
  'The answer to trying an operation again.',
  (t) => ({
    operation: t.prismaField({
      type: ProvisioningOperation,
      nullable: true,
      description:
        'The same operation, ACCEPTED once more; as it was when the retry is refused. Null when there is none.',
      resolve: (query, { value }, _args, context) => findOperation(context, query, value?.operationId),
    }),
  }),
);

builder.mutationField('retryOperation', (t) =>
  t.field({
    type: RetryOperationPayload,
    nullable: true,
    description:
      'Tries what failed of an operation once more. What it had done stays done. A consent that was declined or ran out is asked for anew.',
    authScopes: { provision: true },
    args: { input: t.arg({ type: RetryOperationInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      retryOperation(context.domain, viewerOf(context), {
        operationId: rowId('ProvisioningOperation', input.operationId),
      }),
  }),
);
