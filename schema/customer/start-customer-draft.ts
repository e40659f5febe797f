// Mutation.startCustomerDraft

import { startCustomerDraft } from '../../src/domain/customer/start-draft.ts';
import { builder } from '../builder.ts';
import { viewerOf } from '../context.ts';
import { inputDescription } from '../shared/input.ts';
import { customerDraftPayload } from './customer-draft.ts';

const StartCustomerDraftInput = builder.inputType('StartCustomerDraftInput', {
  description: 'What the customer wizard begins with.',
  fields: (t) => ({
    adminEmail: t.string({ required: true, description: "E-mail address of the customer's administrator." }),
  }),
});

const StartCustomerDraftPayload = customerDraftPayload(
  'StartCustomerDraftPayload',
  'The answer to starting the customer wizard.',
);

builder.mutationField('startCustomerDraft', (t) =>
  t.field({
    type: StartCustomerDraftPayload,
    nullable: true,
    description:
      'Starts the customer wizard. The platform is asked which organisations the administrator has already; when there are none, the choice of an organisation is done and the wizard goes on with the next screen.',
    authScopes: { provision: true },
    args: { input: t.arg({ type: StartCustomerDraftInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) => startCustomerDraft(context.domain, viewerOf(context), input),
  }),
);
