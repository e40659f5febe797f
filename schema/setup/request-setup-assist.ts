// Mutation.requestSetupAssist

import { requestSetupAssist } from '../../src/domain/setup-assist/request-setup-assist.ts';
import type { RequestSetupAssistOutcome } from '../../src/domain/setup-assist/request-setup-assist.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { rowId } from '../shared/global-id.ts';
import { inputDescription } from '../shared/input.ts';
import { payloadType } from '../shared/payload.ts';
import { SetupAssistRequest } from './setup-assist.ts';

const RequestSetupAssistInput = builder.inputType('RequestSetupAssistInput', {
  description: 'Where help is wanted, and whom to write to.',
  fields: (t) => ({
    customerId: t.id({ required: true, description: 'A customer that is provisioned.' }),
    locationId: t.id({
      required: true,
      description: 'One of its locations: the number of users there now decides which service is ordered.',
    }),
    contactEmail: t.string({ required: true, description: 'Whom the team writes to.' }),
    notes: t.string({
      description: 'What the team should know, in several lines if need be; at most 2,000 characters.',
    }),
  }),
});

const RequestSetupAssistPayload = payloadType<RequestSetupAssistOutcome>(
  'RequestSetupAssistPayload',
  'The answer to asking for Setup Assist.',
  (t) => ({
    request: t.prismaField({
      type: SetupAssistRequest,
      nullable: true,
      description: 'What was ordered; null when it was refused.',
      resolve: (query, { value }, _args, context) =>
        value &&
        context.domain.database.setupAssistRequest.findFirst({
          ...query,
          where: { id: value.requestId, partnerId: viewerOf(context).partnerId },
        }),
    }),
  }),
);

builder.mutationField('requestSetupAssist', (t) =>
  t.field({
    type: RequestSetupAssistPayload,
    nullable: true,
    description:
      "Keeps a request for Cisco's Setup Assist, the optional last task of a set-up. Up to 25 users at the location it is EXPRESS, above STANDARD: where the line runs is our choice, since Cisco publishes none. Each call makes a request.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: RequestSetupAssistInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      requestSetupAssist(context.domain, viewerOf(context), {
        ...input,
        customerId: rowId('Customer', input.customerId),
        locationId: rowId('Location', input.locationId),
      }),
  }),
);
