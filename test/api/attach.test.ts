// Consent to an attach, asked for and answered through the front door.

import { afterAll, beforeAll, expect, it } from 'vitest';
import * as documents from '../generated/graphql.ts';
import type { ApiClient } from '../support/api-client.ts';
import { startGateway } from '../support/gateway.ts';
import type { Gateway } from '../support/gateway.ts';
import { accepted, createTemplate, place, present, untilEnded } from '../support/story.ts';
import { waitFor } from '../support/wait-for.ts';

let gateway: Gateway;
let api: ApiClient;
let provisioningId: string;
beforeAll(async () => {
  gateway = await startGateway();
  api = await gateway.client();
  provisioningId = present((await createTemplate(api)).provisioningId);
});
afterAll(async () => {
  await gateway.close();
});

it('provisions an organisation once its administrator has agreed', async () => {
  const adminEmail = 'admin@hundred.example';
  const [organization] = await findOrganizations(adminEmail);
  const headquarters = place('Headquarters');
  const { provisionCustomer } = await api.run(documents.AttachOrganizationDocument, {
    input: {
      idempotencyKey: 'attach',
      provisioningId,
      externalId: 'attach',
      packages: [{ package: 'WEBEX_CALLING' }],
      billingAddress: headquarters.address,
      organizationId: present(organization).organizationId,
      headquarters,
    },
  });
  const { customer, operation, warnings } = accepted(provisionCustomer);
  const customerId = present(customer).id;
  expect(warnings).toEqual([{ code: 'CONSENT_WILL_BE_REQUIRED' }]);
  expect(customer).toMatchObject({ status: 'AWAITING_CONSENT', attachConsent: { status: 'PENDING' } });

  const token = await waitFor(async () => {
    const { sandboxMailbox } = await api.run(documents.ConsentMailsDocument, { to: adminEmail });
    return sandboxMailbox[0]?.consentToken;
  });
  const resent = await api.run(documents.ResendAttachConsentDocument, { input: { customerId } });
  expect(accepted(resent.resendAttachConsent).consent).toMatchObject({ id: customer?.attachConsent?.id });
  expect((await api.run(documents.ConsentMailsDocument, { to: adminEmail })).sandboxMailbox).toHaveLength(2);

  const respond = (input: documents.RespondToAttachConsentInput) =>
    api.run(documents.RespondToAttachConsentDocument, { input });
  const invalid = await respond({ token: 'nonsense', decision: 'APPROVE' });
  expect(invalid.respondToAttachConsent).toMatchObject({
    consent: null,
    userErrors: [{ __typename: 'NotFoundError', code: 'CONSENT_TOKEN_INVALID', path: ['token'] }],
  });
  const answered = await respond({ token, decision: 'APPROVE' });
  expect(accepted(answered.respondToAttachConsent).consent).toMatchObject({ id: customer?.attachConsent?.id });
  expect(await untilEnded(api, present(operation).id)).toMatchObject({ status: 'SUCCEEDED' });
  const closed = await respond({ token, decision: 'APPROVE' });
  expect(closed.respondToAttachConsent?.userErrors).toMatchObject([{ code: 'CONSENT_CLOSED' }]);
});

async function findOrganizations(adminEmail: string) {
  return (await api.run(documents.FindOrganizationsDocument, { adminEmail })).findOrganizations;
}
