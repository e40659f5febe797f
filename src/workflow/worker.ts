// The worker role: takes jobs off the queue and knows which step each kind of outside work is.

import type { Logger } from 'pino';
import type { DomainContext } from '../domain/context.ts';
import { registerTemplate } from '../domain/template/register.ts';
import type { Platform } from '../platform/port.ts';
import { advanceOperation } from './runner.ts';
import type { PartnerStepHandlers, StepHandlers } from './step.ts';
import { addPhoneNumbers } from './steps/add-phone-numbers.ts';
import { assignPhoneNumbers } from './steps/assign-phone-numbers.ts';
import { assignRoles } from './steps/assign-roles.ts';
import { createCustomer } from './steps/create-customer.ts';
import { createLocations } from './steps/create-locations.ts';
import { createUsers } from './steps/create-users.ts';
import { obtainConsent } from './steps/obtain-consent.ts';
import { importCustomers } from './steps/import-customers.ts';
import { listCustomers } from './steps/list-customers.ts';
import { detachSubscription } from './steps/detach-subscription.ts';
import { provisionPackages, updatePackages } from './steps/provision-packages.ts';
import { removeUsers } from './steps/remove-users.ts';
import { updateUsers } from './steps/update-users.ts';

export const stepHandlers: StepHandlers = {
  OBTAIN_CONSENT: obtainConsent,
  CREATE_ORGANIZATION: createCustomer,
  ATTACH_SUBSCRIPTION: createCustomer,
  PROVISION_PACKAGES: provisionPackages,
  CREATE_LOCATIONS: createLocations,
  ADD_PHONE_NUMBERS: addPhoneNumbers,
  CREATE_USERS: createUsers,
  ASSIGN_PHONE_NUMBERS: assignPhoneNumbers,
  UPDATE_PACKAGES: updatePackages,
  DETACH_SUBSCRIPTION: detachSubscription,
  ASSIGN_ROLES: assignRoles,
  UPDATE_USERS: updateUsers,
  REMOVE_USERS: removeUsers,
};

export const partnerStepHandlers: PartnerStepHandlers = {
  LIST_CUSTOMERS: listCustomers,
  IMPORT_CUSTOMERS: importCustomers,
};

export interface WorkerOptions {
  readonly context: DomainContext;
  readonly platform: Platform;
  readonly log: Logger;
  /** How many operations this process works on at the same time. */
  readonly concurrency: number;
  /** Aborted at shutdown: steps stop at their next item and give their jobs back. */
  readonly signal: AbortSignal;
}

export async function startWorker({ context, platform, log, concurrency, signal }: WorkerOptions): Promise<void> {
  const runner = { context, platform, handlers: stepHandlers, partnerHandlers: partnerStepHandlers, log };
  const logged = (queue: string, payload: object, work: Promise<void>) =>
    work.catch((error: unknown) => {
      if (!signal.aborted) log.error({ err: error, queue, ...payload }, 'a job failed and will be tried again');
      throw error;
    });
  await context.jobs.work('advance-operation', concurrency, (payload, jobSignal) =>
    logged(
      'advance-operation',
      payload,
      advanceOperation(runner, payload.operationId, AbortSignal.any([signal, jobSignal])),
    ),
  );
  await context.jobs.work('register-template', 2, (payload) =>
    logged('register-template', payload, registerTemplate(context, payload.templateId)),
  );
}
