// What single values of a form are refused for, whatever the form is about.

import { randomUUID } from 'node:crypto';
import * as documents from '../../generated/graphql.ts';
import { place } from '../../support/story.ts';
import type { Refusals } from './world.ts';

const { address } = place('Headquarters');

export const valueRefusals = {
  REQUIRED: {
    path: 'billingAddress.city',
    ask: ({ provisionCustomer }) => provisionCustomer({ billingAddress: { ...address, city: ' ' } }),
  },
  TOO_LONG: {
    path: 'billingAddress.addressLine1',
    ask: ({ provisionCustomer }) => provisionCustomer({ billingAddress: { ...address, addressLine1: 'x'.repeat(51) } }),
  },
  INVALID_FORMAT: {
    path: 'customerInformation.companyName',
    ask: ({ provisionCustomer }) =>
      provisionCustomer({ customerInformation: { companyName: '100%', adminEmail: 'owner@percent.example' } }),
  },
  INVALID_VALUE: {
    path: 'packages.0.limit',
    ask: ({ provisionCustomer }) => provisionCustomer({ packages: [{ package: 'WEBEX_CALLING', limit: -1 }] }),
  },
  DUPLICATE: {
    path: 'packages.1.package',
    ask: ({ provisionCustomer }) =>
      provisionCustomer({ packages: [{ package: 'WEBEX_CALLING' }, { package: 'WEBEX_CALLING' }] }),
  },
  TOO_MANY: {
    path: 'numbers',
    async ask({ api, user }) {
      const numbers = Array.from({ length: 501 }, (_, index) => `+1312${5_550_000 + index}`);
      const input = { idempotencyKey: randomUUID(), locationId: user.location?.id ?? '', numbers };
      return (await api.run(documents.AddPhoneNumbersDocument, { input })).addPhoneNumbers;
    },
  },
  NOT_FOUND: {
    path: 'customerId',
    async ask({ gateway, customer }) {
      const foreign = await gateway.client('nordic');
      const input = { idempotencyKey: randomUUID(), customerId: customer.id };
      return (await foreign.run(documents.DetachCustomerDocument, { input })).detachCustomer;
    },
  },
  STATE_REQUIRED: {
    path: 'billingAddress.stateOrProvince',
    ask: ({ provisionCustomer }) => provisionCustomer({ billingAddress: { ...address, stateOrProvince: null } }),
  },
  POSTAL_CODE_REQUIRED: {
    path: 'billingAddress.zipOrPostalCode',
    ask: ({ provisionCustomer }) => provisionCustomer({ billingAddress: { ...address, zipOrPostalCode: null } }),
  },
  COUNTRY_UNSUPPORTED: {
    path: 'billingAddress.countryCode',
    ask: ({ provisionCustomer }) => provisionCustomer({ billingAddress: { ...address, countryCode: 'AQ' } }),
  },
  TIME_ZONE_UNSUPPORTED: {
    path: 'headquarters.timeZone',
    ask: ({ provisionCustomer }) =>
      provisionCustomer({ headquarters: place('Headquarters', { timeZone: 'Mars/Olympus' }) }),
  },
  LANGUAGE_UNSUPPORTED: {
    path: 'headquarters.language',
    ask: ({ provisionCustomer }) => provisionCustomer({ headquarters: place('Headquarters', { language: 'xx' }) }),
  },
  IDEMPOTENCY_MISMATCH: {
    path: 'idempotencyKey',
    async ask({ createCustomer, provisionCustomer }) {
      const idempotencyKey = randomUUID();
      await createCustomer({ idempotencyKey, externalId: 'first' });
      return provisionCustomer({ idempotencyKey, externalId: 'second' });
    },
  },
} satisfies Refusals;
