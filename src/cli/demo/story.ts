// The whole job, as a partner's administrator does it: a template, a customer, its set-up, all of it watched live.

import { z } from 'zod';
import { mutate } from './client.ts';
import type { DemoClient } from './client.ts';
import * as operations from './operations.ts';
import { operationState } from './progress.ts';
import type { ProgressView } from './progress.ts';

const id = z.object({ id: z.string() });
const draft = z.object({ draft: id });
const userCount = 25;

const firstNames = [
  'Ada',
  'Ben',
  'Carla',
  'David',
  'Erin',
  'Farid',
  'Gina',
  'Hugo',
  'Iris',
  'Jonas',
  'Kira',
  'Leon',
  'Mona',
];
const lastNames = [
  'Winter',
  'Okafor',
  'Mendes',
  'Lindqvist',
  'Walsh',
  'Haddad',
  'Rossi',
  'Martin',
  'Novak',
  'Weber',
  'Sato',
  'Diaz',
];

export interface DemoResult {
  readonly companyName: string;
  readonly status: string;
  readonly locations: readonly { readonly name: string; readonly status: string }[];
  readonly users: readonly {
    readonly name: string;
    readonly email: string;
    readonly location: string;
    readonly number: string;
    readonly status: string;
    readonly problem: string;
  }[];
}

/** @param mark makes names, addresses and numbers of this run unlike those of earlier ones */
export async function playStory(
  client: DemoClient,
  view: ProgressView,
  say: (line: string) => void,
  mark: number,
): Promise<DemoResult> {
  const suffix = String(mark).padStart(5, '0');
  const templateId = await makeTemplate(client, say, suffix);
  const company = `Harvest Bakery ${suffix}`;
  const domain = `harvest-${suffix}.example`;
  say(`Creating the customer ${company}`);
  const created = await makeCustomer(client, { templateId, company, domain });
  await watch(client, view, 'Creating', created.operation.id);
  say(`Setting up ${userCount} users at 3 locations`);
  const operationId = await setUp(client, created.customer.id, domain, suffix);
  await watch(client, view, 'Setting up', operationId);
  return readResult(client, created.customer.id);
}

async function makeTemplate(client: DemoClient, say: (line: string) => void, suffix: string): Promise<string> {
  const who = await client.request(
    operations.whoAmI,
    {},
    z.object({
      viewer: z.object({
        partner: z.object({
          name: z.string(),
          serviceProviderAdmins: z.tuple([id], id),
          wholesaleSubscriptions: z.tuple([id], id),
        }),
      }),
    }),
  );
  const { partner } = who.viewer;
  say(`Signed in for ${partner.name}`);
  const { id: draftId } = (await mutate(client, operations.startTemplateDraft, {}, draft)).draft;
  await mutate(
    client,
    operations.saveTemplatePrimarySettings,
    {
      draftId,
      name: `Bakeries ${suffix}`,
      countryCode: 'US',
      serviceProviderAdminId: partner.serviceProviderAdmins[0].id,
      wholesaleSubscriptionId: partner.wholesaleSubscriptions[0].id,
    },
    draft,
  );
  await mutate(client, operations.saveTemplateAuthentication, { draftId, method: 'WEBEX' }, draft);
  await mutate(client, operations.saveTemplateCalling, { draftId }, draft);
  await mutate(client, operations.saveTemplateCommonSettings, { draftId, brandName: 'Acme Voice' }, draft);
  const submitted = await mutate(
    client,
    operations.submitTemplateDraft,
    { draftId },
    z.object({ template: z.object({ id: z.string(), name: z.string(), provisioningId: z.string().nullable() }) }),
  );
  say(
    `Template ${submitted.template.name} has the provisioning ID ${submitted.template.provisioningId ?? '(not yet)'}`,
  );
  return submitted.template.id;
}

async function makeCustomer(
  client: DemoClient,
  { templateId, company, domain }: { readonly templateId: string; readonly company: string; readonly domain: string },
) {
  const { id: draftId } = (
    await mutate(client, operations.startCustomerDraft, { adminEmail: `owner@${domain}` }, draft)
  ).draft;
  await mutate(client, operations.chooseCustomerOrganization, { draftId, organizationId: null }, draft);
  await mutate(client, operations.saveCustomerInformation, { draftId, companyName: company, templateId }, draft);
  const packages = [
    { package: 'WEBEX_CALLING', limit: 50 },
    { package: 'WEBEX_SUITE', limit: 20 },
  ];
  await mutate(client, operations.saveCustomerPackages, { draftId, packages }, draft);
  const location = place('Headquarters', '1 Mill Lane', 'Springfield', 'IL', '62701', 'America/Chicago');
  await mutate(
    client,
    operations.saveCustomerHeadquarters,
    { draftId, location, supportedLocationConfirmed: true },
    draft,
  );
  return mutate(client, operations.submitCustomerDraft, { draftId }, z.object({ customer: id, operation: id }));
}

async function setUp(client: DemoClient, customerId: string, domain: string, suffix: string): Promise<string> {
  const { id: draftId } = (await mutate(client, operations.startSetupDraft, { customerId }, draft)).draft;
  const locations = [
    place('Chicago', '200 Lake Street', 'Chicago', 'IL', '60601', 'America/Chicago'),
    place('Peoria', '14 Water Street', 'Peoria', 'IL', '61602', 'America/Chicago'),
  ];
  await mutate(client, operations.saveSetupLocations, { draftId, locations }, draft);
  const names = ['Headquarters', ...locations.map(({ name }) => name)];
  const users = Array.from({ length: userCount }, (_, index) => ({
    firstName: firstNames[index % firstNames.length],
    lastName: lastNames[index % lastNames.length],
    email: `user${index + 1}@${domain}`,
    package: index % 3 === 2 ? 'WEBEX_SUITE' : 'WEBEX_CALLING',
    locationName: names[index % names.length],
  }));
  await mutate(client, operations.saveSetupUsers, { draftId, users }, draft);
  const assignments = users.map(({ email }, index) => ({
    email,
    phoneNumber: `+1217${String(2_000_000 + Number(suffix) * userCount + index)}`,
    extension: String(3000 + index),
  }));
  await mutate(client, operations.saveSetupPhoneNumbers, { draftId, assignments }, draft);
  const submitted = await mutate(client, operations.submitSetupDraft, { draftId }, z.object({ operation: id }));
  return submitted.operation.id;
}

function place(
  name: string,
  addressLine1: string,
  city: string,
  stateOrProvince: string,
  zipOrPostalCode: string,
  timeZone: string,
) {
  const address = { addressLine1, city, stateOrProvince, zipOrPostalCode, countryCode: 'US' };
  return { name, address, timeZone, language: 'en_us' };
}

const update = z.object({
  operationUpdated: z.object({ event: z.object({ message: z.string() }).nullable(), operation: operationState }),
});

/** Ends when the operation has: the subscription completes by itself. */
async function watch(client: DemoClient, view: ProgressView, title: string, operationId: string): Promise<void> {
  for await (const data of client.subscribe(operations.watchOperation, { operationId })) {
    const { event, operation } = update.parse(data).operationUpdated;
    view.show(title, operation, event?.message ?? null);
  }
  view.end();
}

async function readResult(client: DemoClient, customerId: string): Promise<DemoResult> {
  const user = z.object({
    firstName: z.string(),
    lastName: z.string(),
    email: z.string(),
    phoneNumber: z.string().nullable(),
    extension: z.string().nullable(),
    status: z.string(),
    location: z.object({ name: z.string() }).nullable(),
    errors: z.array(z.object({ message: z.string() })),
  });
  const { customer } = await client.request(
    operations.result,
    { customerId },
    z.object({
      customer: z.object({
        companyName: z.string(),
        status: z.string(),
        users: z.object({ nodes: z.array(user) }),
        locations: z.object({ nodes: z.array(z.object({ name: z.string(), status: z.string() })) }),
      }),
    }),
  );
  return {
    companyName: customer.companyName,
    status: customer.status,
    locations: customer.locations.nodes,
    users: customer.users.nodes.map((node) => ({
      name: `${node.firstName} ${node.lastName}`,
      email: node.email,
      location: node.location?.name ?? '',
      number: [node.phoneNumber, node.extension].filter(Boolean).join(' / '),
      status: node.status,
      problem: node.errors[0]?.message ?? '',
    })),
  };
}
