// The workbench with a witness, and a platform that can be made to do what the sandbox never does by itself.

import { randomUUID } from 'node:crypto';
import type { DomainContext } from '../../../src/domain/context.ts';
import { respondToAttachConsent } from '../../../src/domain/customer/respond-to-consent.ts';
import { detachCustomer } from '../../../src/domain/customer/detach-customer.ts';
import { importCustomers } from '../../../src/domain/customer/import-customers.ts';
import { updateCustomer } from '../../../src/domain/customer/update-customer.ts';
import type { UpdateCustomerInput } from '../../../src/domain/customer/update-form.ts';
import { cancelOperation } from '../../../src/domain/operation/cancel-operation.ts';
import { retryOperation } from '../../../src/domain/operation/retry-operation.ts';
import { provisionUser } from '../../../src/domain/user/provision-user.ts';
import type { ProvisionUserInput } from '../../../src/domain/user/provision-user.ts';
import { removeUser } from '../../../src/domain/user/remove-user.ts';
import { PlatformFailure } from '../../../src/platform/failure.ts';
import type { PartnerPlatform, Platform, PlatformCustomer } from '../../../src/platform/port.ts';
import { openWorkbench } from '../../support/workbench.ts';
import { accepted, customersOf } from '../support/customers.ts';
import { placeWitness } from './witness.ts';

type Refusable = 'updateCustomer' | 'detachCustomer' | 'createLocation' | 'updateUser' | 'removeUser';

interface Tampering {
  /** The platform refuses these calls for good. */
  refused: readonly Refusable[];
  /** How a customer looks to the gateway. */
  customer: (found: PlatformCustomer) => PlatformCustomer;
  /** Numbers do not show with their users. */
  hidesOwners: boolean;
  /** Locations do not show at all. */
  hidesLocations: boolean;
}

const honest: Tampering = { refused: [], customer: (found) => found, hidesOwners: false, hidesLocations: false };

function tampered(platform: Platform, tampering: Tampering): Platform {
  const refusing = <A extends unknown[], R>(name: Refusable, call: (...given: A) => Promise<R>) => {
    return (...given: A): Promise<R> =>
      tampering.refused.includes(name)
        ? Promise.reject(new PlatformFailure({ kind: 'rejected', message: `Webex refused: ${name}.` }))
        : call(...given);
  };
  return {
    ...platform,
    forPartner(partner) {
      const real = platform.forPartner(partner);
      const seen = (found: PlatformCustomer | null) => found && tampering.customer(found);
      const changed: Partial<PartnerPlatform> = {
        getCustomer: async (platformId) => seen(await real.getCustomer(platformId)),
        listNumbers: async (organizationId) =>
          (await real.listNumbers(organizationId)).map((number) =>
            tampering.hidesOwners ? { ...number, ownerPersonId: null } : number,
          ),
        listLocations: (organizationId) =>
          tampering.hidesLocations ? Promise.resolve([]) : real.listLocations(organizationId),
        updateCustomer: refusing('updateCustomer', real.updateCustomer),
        detachCustomer: refusing('detachCustomer', real.detachCustomer),
        createLocation: refusing('createLocation', real.createLocation),
        updateUser: refusing('updateUser', real.updateUser),
        removeUser: refusing('removeUser', real.removeUser),
      };
      return { ...real, ...changed };
    },
  };
}

export async function openStage() {
  const tampering = { ...honest };
  const bench = await openWorkbench({ behind: (platform) => tampered(platform, tampering) });
  const witness = await placeWitness(bench.database);
  const customers = await customersOf(bench);
  const { context } = bench;
  const { viewer } = customers;
  let count = 0;

  return {
    bench,
    customers,
    witness,
    viewer,
    /** Accepts work that no worker hears of. */
    unheard: { ...context, jobs: { ...context.jobs, enqueue: () => Promise.resolve() } } satisfies DomainContext,
    /** For as long as the act takes. */
    async whilePlatform<T>(behaves: Partial<Tampering>, act: () => Promise<T>): Promise<T> {
      Object.assign(tampering, behaves);
      try {
        return await act();
      } finally {
        Object.assign(tampering, honest);
      }
    },
    /** Compares all that is here with the platform. */
    async compare() {
      const { operationId } = accepted(await importCustomers(context, viewer, { idempotencyKey: randomUUID() }));
      return bench.ended(operationId);
    },
    async attach(adminEmail: string) {
      const [organization] = await context.directory.findOrganizations('acme', adminEmail);
      return customers.provision({ organizationId: organization?.organizationId ?? '' });
    },
    /** The administrator of the organisation answers the last mail. */
    async answer(operationId: string, adminEmail: string, decision: 'APPROVE' | 'DECLINE') {
      await bench.waitForNextAction(operationId, 'OBTAIN_ADMIN_CONSENT');
      const [mail] = await bench.sandbox.mails(adminEmail);
      accepted(await respondToAttachConsent(context, viewer, { token: mail?.consentToken ?? '', decision }));
      return bench.ended(operationId);
    },
    async retry(operationId: string) {
      accepted(await retryOperation(context, viewer, { operationId }));
      return bench.ended(operationId);
    },
    async cancel(operationId: string) {
      accepted(await cancelOperation(context, viewer, { operationId }));
      return bench.ended(operationId);
    },
    async update(customerId: string, wishes: Omit<Partial<UpdateCustomerInput>, 'customerId'>) {
      const input = { idempotencyKey: randomUUID(), customerId, ...wishes };
      const { operationId } = accepted(await updateCustomer(context, viewer, input));
      return bench.ended(operationId ?? '');
    },
    async detach(customerId: string) {
      const input = { idempotencyKey: randomUUID(), customerId };
      const { operationId } = accepted(await detachCustomer(context, viewer, input));
      return bench.ended(operationId ?? '');
    },
    /** A calling user with an extension; not carried out yet. */
    async beginUser(customerId: string, wishes: Partial<ProvisionUserInput> = {}) {
      const outcome = await provisionUser(context, viewer, {
        idempotencyKey: randomUUID(),
        customerId,
        firstName: 'Ada',
        lastName: 'Winter',
        email: `${randomUUID()}@arrows.example`,
        package: 'WEBEX_CALLING',
        extension: String(3_000 + count++),
        ...wishes,
      });
      const { userId, operationId } = accepted(outcome);
      return { userId: userId ?? '', operationId: operationId ?? '' };
    },
    async removeUser(userId: string) {
      const { operationId } = accepted(await removeUser(context, viewer, { idempotencyKey: randomUUID(), userId }));
      return bench.ended(operationId ?? '');
    },
    /** The person answers the mail that asks for the move of a free account. */
    async move(email: string, decision: 'APPROVE' | 'DECLINE') {
      const [mail] = await bench.sandbox.mails(email);
      await bench.sandbox.answer(mail?.consentToken ?? '', decision);
    },
  };
}

export type Stage = Awaited<ReturnType<typeof openStage>>;
