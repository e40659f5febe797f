// Mutation.provisionUser

import { provisionUser } from '../../src/domain/user/provision-user.ts';
import type { ProvisionUserOutcome } from '../../src/domain/user/provision-user.ts';
import { builder } from '../builder.ts';
import { PackageCode } from '../catalogue/package-offering.ts';
import { viewerOf } from '../context.ts';
import { optionalRowId, rowId } from '../shared/global-id.ts';
import { idempotencyKeyDescription, inputDescription, validateOnlyDescription } from '../shared/input.ts';
import { userWorkPayload } from './user-work-payload.ts';

const ProvisionUserInput = builder.inputType('ProvisionUserInput', {
  description: 'One user of a customer.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: idempotencyKeyDescription }),
    customerId: t.id({ required: true, description: 'Where the person works; a customer that is provisioned.' }),
    firstName: t.string({
      required: true,
      description: 'Given name; with a calling package at most 30 characters of plain ASCII.',
    }),
    lastName: t.string({
      required: true,
      description: 'Family name; with a calling package at most 30 characters of plain ASCII.',
    }),
    email: t.string({
      required: true,
      description: 'In Webex an address belongs to one organisation only. Compared without case.',
    }),
    package: t.field({
      type: PackageCode,
      required: true,
      description: "One of the customer's packages that users can have, no add-on.",
    }),
    locationId: t.id({
      description:
        'Which location of the customer the person belongs to. Left out: with a calling package the headquarters, otherwise none.',
    }),
    phoneNumber: t.string({
      description:
        'E.164, with a calling package only: free at the location, or new to the partner; a new one is added to the location first.',
    }),
    extension: t.string({
      description:
        '2 to 10 digits, with a calling package only, unique in the customer. A calling package needs a number, an extension, or both.',
    }),
    validateOnly: t.boolean({ defaultValue: false, description: validateOnlyDescription }),
  }),
});

const ProvisionUserPayload = userWorkPayload<ProvisionUserOutcome>(
  'ProvisionUserPayload',
  'The answer to provisioning one user.',
  'The user that was accepted; it is not provisioned yet. Null when it was refused or only validated.',
);

builder.mutationField('provisionUser', (t) =>
  t.field({
    type: ProvisionUserPayload,
    nullable: true,
    description:
      "Creates one user without the wizard, also in the partner's own organisation. It is accepted at once and provisioned asynchronously; somebody with a free Webex account is asked by mail first.",
    authScopes: { provision: true },
    args: { input: t.arg({ type: ProvisionUserInput, required: true, description: inputDescription }) },
    resolve: (_root, { input }, context) =>
      provisionUser(context.domain, viewerOf(context), {
        ...input,
        customerId: rowId('Customer', input.customerId),
        locationId: optionalRowId('Location', input.locationId),
      }),
  }),
);
