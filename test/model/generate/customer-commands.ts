// Arbitrary commands about customers, with the wizard and without, and the wizard from its first screen to its last.

import fc from 'fast-check';
import type { Command } from '../commands.ts';
import * as vocabulary from '../vocabulary.ts';
import { address, anyRef, key, location, mostly, packages, perhaps, ref, staleBy, word } from './words.ts';

const start = fc.record({
  kind: fc.constant('startCustomerDraft' as const),
  adminEmail: word(vocabulary.adminEmails),
});
const organizationId = fc.oneof(fc.constant(null), word<string | null>(vocabulary.organizationIds));
const organization = fc.record({
  kind: fc.constant('chooseOrganization' as const),
  draft: ref,
  staleBy,
  organizationId,
});
const information = fc.record({
  kind: fc.constant('saveInformation' as const),
  draft: ref,
  staleBy,
  companyName: word(vocabulary.companyNames),
  template: anyRef,
  adminEmail: perhaps(word(vocabulary.adminEmails)),
  externalId: perhaps(word(vocabulary.externalIds)),
});
const packageList = fc.record({ kind: fc.constant('savePackages' as const), draft: ref, staleBy, packages });
const headquarters = fc.record({
  kind: fc.constant('saveHeadquarters' as const),
  draft: ref,
  staleBy,
  location,
  billingAddress: perhaps(address),
  supportedLocationConfirmed: mostly(true, false),
});
const submit = fc.record({ kind: fc.constant('submitCustomerDraft' as const), draft: ref, staleBy });

const provision = fc.record({
  kind: fc.constant('provisionCustomer' as const),
  key,
  template: anyRef,
  externalId: word(vocabulary.externalIds),
  packages,
  billingAddress: address,
  organizationId,
  customerInformation: word({
    good: [{ companyName: 'Newco', adminEmail: 'new@blue.example' }],
    bad: [null, { companyName: '100 %', adminEmail: 'nobody' }],
  }),
  headquarters: fc.oneof({ weight: 5, arbitrary: location }, { weight: 1, arbitrary: fc.constant(null) }),
  validateOnly: mostly(false, true),
});
const update = fc.record({
  kind: fc.constant('updateCustomer' as const),
  key,
  customer: anyRef,
  packages: perhaps(packages),
  externalId: perhaps(word(vocabulary.externalIds)),
  billingAddress: perhaps(address),
  headquarters: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: location }),
  validateOnly: mostly(false, true),
});
const detach = fc.record({ kind: fc.constant('detachCustomer' as const), key, customer: anyRef });

export const customerCommand: fc.Arbitrary<Command> = fc.oneof<fc.MaybeWeightedArbitrary<Command>[]>(
  { weight: 1, arbitrary: start },
  { weight: 1, arbitrary: organization },
  { weight: 1, arbitrary: information },
  { weight: 1, arbitrary: packageList },
  { weight: 1, arbitrary: headquarters },
  { weight: 1, arbitrary: submit },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('discardCustomerDraft' as const), draft: ref }) },
  { weight: 3, arbitrary: provision },
  { weight: 5, arbitrary: update },
  { weight: 1, arbitrary: detach },
);

export const customerWizard: fc.Arbitrary<readonly Command[]> = fc.tuple<Command[]>(
  start,
  organization,
  information,
  packageList,
  headquarters,
  submit,
);
