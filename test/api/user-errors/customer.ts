// What creating, changing and setting up a customer is refused for.

import { randomUUID } from 'node:crypto';
import * as documents from '../../generated/graphql.ts';
import { waitFor } from '../../support/wait-for.ts';
import { accepted, place, present, untilEnded } from '../../support/story.ts';
import type { Refusals, World } from './world.ts';

async function update({ api, customer }: World, wishes: Partial<documents.UpdateCustomerInput>) {
  const input = { idempotencyKey: randomUUID(), customerId: customer.id, ...wishes };
  return (await api.run(documents.UpdateCustomerDocument, { input })).updateCustomer;
}

async function detach({ api }: World, customerId: string) {
  const input = { idempotencyKey: randomUUID(), customerId };
  return (await api.run(documents.DetachCustomerDocument, { input })).detachCustomer;
}

export const customerRefusals = {
  EXTERNAL_ID_TAKEN: {
    path: 'externalId',
    ask: ({ customer, provisionCustomer }) => provisionCustomer({ externalId: customer.externalId }),
  },
  SUPPORTED_LOCATION_NOT_CONFIRMED: {
    path: 'supportedLocationConfirmed',
    async ask({ api, template }) {
      const adminEmail = `owner@${randomUUID()}.example`;
      const started = await api.run(documents.StartCustomerDraftDocument, { input: { adminEmail } });
      const draftId = present(accepted(started.startCustomerDraft).draft).id;
      const information = { draftId, companyName: 'Unconfirmed', templateId: template.id };
      const packages: documents.PackageSelectionInput[] = [{ package: 'WEBEX_CALLING' }];
      const saved = [
        (await api.run(documents.SaveCustomerInformationDocument, { input: information })).saveCustomerInformation,
        (await api.run(documents.SaveCustomerPackagesDocument, { input: { draftId, packages } })).saveCustomerPackages,
      ];
      saved.forEach(accepted);
      const input = { draftId, location: place('Headquarters'), supportedLocationConfirmed: false };
      return (await api.run(documents.SaveCustomerHeadquartersDocument, { input })).saveCustomerHeadquarters;
    },
  },
  CALLING_LOCATION_REQUIRED: {
    path: 'headquarters',
    ask: ({ provisionCustomer }) => provisionCustomer({ headquarters: null }),
  },
  SUB_PARTNER_SUSPENDED: {
    path: 'subPartnerId',
    async ask({ api, provisionCustomer }) {
      const suspended = await waitFor(async () => {
        const { viewer } = await api.run(documents.SubPartnersDocument, {});
        return viewer?.partner.subPartners.find(({ provisioningState }) => provisioningState === 'SUSPENDED');
      });
      return provisionCustomer({ subPartnerId: suspended.id });
    },
  },
  PACKAGE_REQUIRED: {
    path: 'packages',
    ask: ({ provisionCustomer }) => provisionCustomer({ packages: [] }),
  },
  PACKAGE_DEPENDENCY_UNMET: {
    path: 'packages.0.package',
    ask: ({ provisionCustomer }) => provisionCustomer({ packages: [{ package: 'ATTENDANT_CONSOLE' }] }),
  },
  PACKAGE_IN_USE: {
    path: 'packages',
    ask: (world) => update(world, { packages: [{ package: 'WEBEX_MEETINGS' }] }),
  },
  CUSTOMER_NOT_PROVISIONED: {
    path: 'customerId',
    async ask({ api, createCustomer }) {
      const customerInformation = { companyName: 'Denied Party', adminEmail: 'owner@denied.example' };
      const { id: customerId } = await createCustomer({ customerInformation });
      return (await api.run(documents.StartSetupDraftDocument, { input: { customerId } })).startSetupDraft;
    },
  },
  CUSTOMER_BUSY: {
    path: 'customerId',
    async ask(world) {
      const { id: customerId } = await world.createCustomer();
      const { operation, refused } = await world.whileStuck(async () => {
        const { operation } = accepted(await update(world, { customerId, externalId: randomUUID() }));
        return { operation, refused: await detach(world, customerId) };
      });
      await untilEnded(world.api, present(operation).id);
      return refused;
    },
  },
} satisfies Refusals;
