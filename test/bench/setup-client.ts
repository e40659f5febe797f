// The few calls of the gateway's API that the bench makes, without a test runner around them. Throws at the first user error.

import { z } from 'zod';
import { waitFor } from '../support/wait-for.ts';

const address = `{ addressLine1: "1 Mill Lane", city: "Springfield", stateOrProvince: "IL", zipOrPostalCode: "62701", countryCode: "US" }`;
const place = (name: string): string =>
  `{ name: "${name}", address: ${address}, timeZone: "America/Chicago", language: "en_us" }`;

const reference = z.object({ id: z.string() });
const rejectedRow = z.object({
  row: z.number(),
  issues: z.array(z.object({ code: z.string(), message: z.string(), path: z.array(z.string()) })),
});
const ended = ['SUCCEEDED', 'PARTIALLY_SUCCEEDED', 'FAILED', 'CANCELLED'];
/** A thousand users take a while. */
const patienceMs = 300_000;

export function openSetupClient(url: string, token: string) {
  async function ask<T>(query: string, variables: object, answer: z.ZodType<T>): Promise<T> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const parsed = z.object({ data: answer }).safeParse(JSON.parse(text));
    if (!parsed.success) throw new Error(`${query}\n${text.slice(0, 2_000)}`);
    return parsed.data.data;
  }

  /** One mutation that answers without user errors. */
  async function mutate<T>(field: string, input: string, selection: string, payload: z.ZodType<T>, variables = {}) {
    const names = Object.keys(variables).map((name) => `$${name}: ${name === 'csv' ? 'String!' : 'ID!'}`);
    const head = names.length > 0 ? `(${names.join(', ')})` : '';
    const query = `mutation ${head} { result: ${field}(input: { ${input} }) { ${selection} userErrors { code message path } } }`;
    const noErrors = z.object({ result: z.object({ userErrors: z.array(z.unknown()).max(0) }) });
    const { result } = await ask(query, variables, noErrors.and(z.object({ result: payload })));
    return result;
  }

  async function operationEnded(id: string) {
    const query = 'query ($id: ID!) { operation(id: $id) { status } }';
    const shape = z.object({ operation: z.object({ status: z.string() }) });
    return waitFor(async () => {
      const { operation } = await ask(query, { id }, shape);
      return ended.includes(operation.status) ? operation : null;
    }, patienceMs);
  }

  /** Something that is provisioned afterwards, well. */
  async function settled(field: string, input: string, variables: object): Promise<void> {
    const shape = z.object({ operation: reference });
    const { operation } = await mutate(field, input, 'operation { id }', shape, variables);
    const { status } = await operationEnded(operation.id);
    if (status !== 'SUCCEEDED') throw new Error(`${field} ended as ${status}`);
  }

  let keys = 0;
  const key = () => `idempotencyKey: "bench-${++keys}"`;

  return {
    ended: operationEnded,

    /** With the demonstration data's template, Calling and Meetings; when it is provisioned. */
    async createCustomer(companyName: string, adminEmail: string) {
      const templates = z.object({ templates: z.object({ nodes: z.array(z.object({ provisioningId: z.string() })) }) });
      const found = await ask('{ templates(first: 1) { nodes { provisioningId } } }', {}, templates);
      const provisioningId = found.templates.nodes[0]?.provisioningId ?? '';
      const { customer, operation } = await mutate(
        'provisionCustomer',
        `${key()}, provisioningId: "${provisioningId}", externalId: "${companyName}", billingAddress: ${address},
         packages: [{ package: WEBEX_CALLING }, { package: WEBEX_MEETINGS }], headquarters: ${place('Headquarters')},
         customerInformation: { companyName: "${companyName}", adminEmail: "${adminEmail}" }`,
        'customer { id headquarters { id } } operation { id }',
        z.object({ customer: reference.extend({ headquarters: reference }), operation: reference }),
      );
      await operationEnded(operation.id);
      return { id: customer.id, headquartersId: customer.headquarters.id };
    },

    provisionUser: (customerId: string, user: { email: string; phoneNumber: string; extension: string }) =>
      settled(
        'provisionUser',
        `${key()}, customerId: $customerId, firstName: "Old", lastName: "Hand", package: WEBEX_CALLING,
         email: "${user.email}", phoneNumber: "${user.phoneNumber}", extension: "${user.extension}"`,
        { customerId },
      ),

    addNumber: (locationId: string, number: string) =>
      settled('addPhoneNumbers', `${key()}, locationId: $locationId, numbers: ["${number}"]`, { locationId }),

    /** With one further location. */
    async startDraft(customerId: string, branch: string): Promise<string> {
      const shape = z.object({ draft: reference });
      const { draft } = await mutate('startSetupDraft', 'customerId: $customerId', 'draft { id }', shape, {
        customerId,
      });
      const locations = `draftId: $draftId, locations: [${place(branch)}]`;
      await mutate('saveSetupLocations', locations, '', z.object({}), { draftId: draft.id });
      return draft.id;
    },

    importUsers: (draftId: string, csv: string) =>
      mutate(
        'importSetupUsers',
        'draftId: $draftId, csv: $csv',
        'importedRows rejectedRows { row issues { code message path } }',
        z.object({ importedRows: z.number(), rejectedRows: z.array(rejectedRow) }),
        { draftId, csv },
      ),

    async submit(draftId: string): Promise<string> {
      const assignments = 'draftId: $draftId, assignments: []';
      await mutate('saveSetupPhoneNumbers', assignments, '', z.object({}), { draftId });
      const shape = z.object({ operation: reference });
      const { operation } = await mutate('submitSetupDraft', 'draftId: $draftId', 'operation { id }', shape, {
        draftId,
      });
      return operation.id;
    },

    async countProvisioned(customerId: string): Promise<number> {
      const query =
        'query ($id: ID!) { customer(id: $id) { users(filter: { statuses: [PROVISIONED] }) { totalCount } } }';
      const shape = z.object({ customer: z.object({ users: z.object({ totalCount: z.number() }) }) });
      return (await ask(query, { id: customerId }, shape)).customer.users.totalCount;
    },
  };
}

export type SetupClient = ReturnType<typeof openSetupClient>;
