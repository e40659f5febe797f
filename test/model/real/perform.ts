// Gives a command to the domain, and its answer in the words of the sequence.

import { randomUUID } from 'node:crypto';
import { provisionCustomer } from '../../../src/domain/customer/provision-customer.ts';
import {
  chooseCustomerOrganization,
  saveCustomerHeadquarters,
  saveCustomerInformation,
  saveCustomerPackages,
} from '../../../src/domain/customer/save-steps.ts';
import { detachCustomer } from '../../../src/domain/customer/detach-customer.ts';
import { startCustomerDraft } from '../../../src/domain/customer/start-draft.ts';
import { submitCustomerDraft } from '../../../src/domain/customer/submit-draft.ts';
import { updateCustomer } from '../../../src/domain/customer/update-customer.ts';
import { discardDraft } from '../../../src/domain/draft/discard-draft.ts';
import { cancelOperation } from '../../../src/domain/operation/cancel-operation.ts';
import { retryOperation } from '../../../src/domain/operation/retry-operation.ts';
import type { Outcome } from '../../../src/domain/outcome.ts';
import { archiveTemplate, linkProvisioningId } from '../../../src/domain/template/change-template.ts';
import {
  saveAuthentication,
  saveCalling,
  saveCommonSettings,
  savePrimarySettings,
} from '../../../src/domain/template/save-steps.ts';
import { startTemplateDraft } from '../../../src/domain/template/start-draft.ts';
import { submitTemplateDraft } from '../../../src/domain/template/submit-draft.ts';
import { addLocation } from '../../../src/domain/location/add-location.ts';
import { addPhoneNumbers } from '../../../src/domain/phone-number/add-phone-numbers.ts';
import { importSetupUsers } from '../../../src/domain/setup/import-users.ts';
import type { ImportOutcome } from '../../../src/domain/setup/import-users.ts';
import { saveSetupLocations } from '../../../src/domain/setup/save-locations.ts';
import { saveSetupPhoneNumbers } from '../../../src/domain/setup/save-phone-numbers.ts';
import { saveSetupUsers } from '../../../src/domain/setup/save-users.ts';
import { startSetupDraft } from '../../../src/domain/setup/start-draft.ts';
import { submitSetupDraft } from '../../../src/domain/setup/submit-draft.ts';
import { assignOrganizationRoles } from '../../../src/domain/user/assign-roles.ts';
import { provisionUser } from '../../../src/domain/user/provision-user.ts';
import { removeUser } from '../../../src/domain/user/remove-user.ts';
import { updateUser } from '../../../src/domain/user/update-user.ts';
import type { Answer, PinnedCommand, UserWords } from '../commands.ts';
import type { Model } from '../reference/state.ts';
import type { Names, Noun } from './names.ts';
import type { RealPartner } from './partner.ts';

/** @param model As it was before the command: versions of drafts and provisioning IDs that a caller has seen. */
export async function perform(partner: RealPartner, model: Model, command: PinnedCommand): Promise<Answer> {
  if (command.kind === 'wait') {
    partner.wait(command.minutes);
    return { done: {} };
  }
  // A draft is met when it is started.
  const draftNoun = draftNouns[command.kind] ?? 'CustomerDraft';
  return answerOf(partner.names, draftNoun, await call(partner, model, command));
}

const draftNouns: Readonly<Record<string, Noun>> = {
  startTemplateDraft: 'TemplateDraft',
  startSetupDraft: 'SetupDraft',
};

function call(
  { context, viewer, names, adminId, subscriptionId, letPlatformBeAway }: RealPartner,
  model: Model,
  command: Exclude<PinnedCommand, { readonly kind: 'wait' }>,
): Promise<Outcome<object>> {
  const { idOf } = names;
  const draftOf = (
    noun: 'TemplateDraft' | 'CustomerDraft' | 'SetupDraft',
    of: { readonly draft: number; readonly staleBy: number | null },
  ) => {
    const drafts = {
      TemplateDraft: model.templateDrafts,
      CustomerDraft: model.customerDrafts,
      SetupDraft: model.setupDrafts,
    };
    const draft = drafts[noun][of.draft];
    return {
      draftId: idOf(noun, of.draft),
      expectedVersion: of.staleBy === null ? null : (draft?.version ?? 1) - of.staleBy,
    };
  };
  const keyOf = ({ key }: { readonly key: string | null }) => key ?? randomUUID();
  const locationOf = (customer: number, name: string | null) =>
    name === null ? null : names.idOfCalled(customer, name);
  const userOf = (person: number) => {
    const user = model.users[person];
    return user ? names.idOfCalled(user.customer, user.email) : randomUUID();
  };
  switch (command.kind) {
    case 'startTemplateDraft': {
      const { edit, copy } = command;
      const input = {
        editTemplateId: edit === null ? null : idOf('Template', edit),
        copyTemplateId: copy === null ? null : idOf('Template', copy),
      };
      return startTemplateDraft(context, viewer, input);
    }
    case 'savePrimarySettings':
      return savePrimarySettings(context, viewer, {
        ...draftOf('TemplateDraft', command),
        name: command.name,
        countryCode: command.countryCode,
        serviceProviderAdminId: command.isAdminKnown ? adminId : randomUUID(),
        wholesaleSubscriptionId: command.isSubscriptionKnown ? subscriptionId : randomUUID(),
      });
    case 'saveAuthentication': {
      const { method, samlIdpEntityId, oidcIdpName } = command;
      const input = { ...draftOf('TemplateDraft', command), method, samlIdpEntityId, oidcIdpName };
      return saveAuthentication(context, viewer, input);
    }
    case 'saveCalling': {
      const input = { ...draftOf('TemplateDraft', command), pstnProviderId: command.pstnProviderId };
      return saveCalling(context, viewer, input);
    }
    case 'saveCommonSettings': {
      const { restrictAdminInviteEmails, brandName, disableCallOnWebex } = command;
      const settings = { restrictAdminInviteEmails, brandName, disableCallOnWebex };
      return saveCommonSettings(context, viewer, { ...draftOf('TemplateDraft', command), ...settings });
    }
    case 'submitTemplateDraft':
      letPlatformBeAway(command.isPlatformAway);
      return submitTemplateDraft(context, viewer, draftOf('TemplateDraft', command));
    case 'discardTemplateDraft':
      return discardDraft(context, viewer, { draftId: idOf('TemplateDraft', command.draft) });
    case 'archiveTemplate':
      return archiveTemplate(context, viewer, { templateId: idOf('Template', command.template) });
    case 'linkProvisioningId':
      return linkProvisioningId(context, viewer, {
        templateId: idOf('Template', command.template),
        provisioningId: command.provisioningId,
      });
    case 'startCustomerDraft':
      return startCustomerDraft(context, viewer, { adminEmail: command.adminEmail });
    case 'chooseOrganization': {
      const input = { ...draftOf('CustomerDraft', command), organizationId: command.organizationId };
      return chooseCustomerOrganization(context, viewer, input);
    }
    case 'saveInformation':
      return saveCustomerInformation(context, viewer, {
        ...draftOf('CustomerDraft', command),
        companyName: command.companyName,
        templateId: idOf('Template', command.template),
        adminEmail: command.adminEmail,
        externalId: command.externalId,
      });
    case 'savePackages':
      return saveCustomerPackages(context, viewer, {
        ...draftOf('CustomerDraft', command),
        packages: command.packages,
      });
    case 'saveHeadquarters': {
      const { location, billingAddress, supportedLocationConfirmed } = command;
      const input = { ...draftOf('CustomerDraft', command), location, billingAddress, supportedLocationConfirmed };
      return saveCustomerHeadquarters(context, viewer, input);
    }
    case 'submitCustomerDraft':
      return submitCustomerDraft(context, viewer, draftOf('CustomerDraft', command));
    case 'discardCustomerDraft':
      return discardDraft(context, viewer, { draftId: idOf('CustomerDraft', command.draft) });
    case 'provisionCustomer': {
      const { key, template } = command;
      const provisioningId = model.templates[template]?.provisioningId ?? 'provisioning-nowhere';
      return provisionCustomer(context, viewer, {
        ...command,
        idempotencyKey: key ?? randomUUID(),
        provisioningId: names.writeProvisioningId(provisioningId),
      });
    }
    case 'updateCustomer': {
      const { key, customer } = command;
      const reference = { idempotencyKey: key ?? randomUUID(), customerId: idOf('Customer', customer) };
      return updateCustomer(context, viewer, { ...command, ...reference });
    }
    case 'detachCustomer': {
      const { key, customer } = command;
      const input = { idempotencyKey: key ?? randomUUID(), customerId: idOf('Customer', customer) };
      return detachCustomer(context, viewer, input);
    }
    case 'startSetupDraft':
      return startSetupDraft(context, viewer, { customerId: idOf('Customer', command.customer) });
    case 'saveSetupLocations': {
      const input = { ...draftOf('SetupDraft', command), locations: command.locations };
      return saveSetupLocations(context, viewer, input);
    }
    case 'saveSetupUsers':
      return saveSetupUsers(context, viewer, { ...draftOf('SetupDraft', command), users: command.users });
    case 'importSetupUsers':
      return importSetupUsers(context, viewer, { ...draftOf('SetupDraft', command), csv: csvOf(command.users) });
    case 'saveSetupPhoneNumbers': {
      const input = { ...draftOf('SetupDraft', command), assignments: command.assignments };
      return saveSetupPhoneNumbers(context, viewer, input);
    }
    case 'submitSetupDraft':
      return submitSetupDraft(context, viewer, draftOf('SetupDraft', command));
    case 'discardSetupDraft':
      return discardDraft(context, viewer, { draftId: idOf('SetupDraft', command.draft) });
    case 'provisionUser':
      return provisionUser(context, viewer, {
        ...command.user,
        idempotencyKey: keyOf(command),
        customerId: idOf('Customer', command.customer),
        locationId: locationOf(command.customer, command.location),
        validateOnly: command.validateOnly,
      });
    case 'updateUser': {
      const { package: code, location, phoneNumber, extension } = command;
      const locationId = locationOf(model.users[command.person]?.customer ?? 0, location);
      const wishes = { package: code, locationId, phoneNumber, extension };
      return updateUser(context, viewer, { idempotencyKey: keyOf(command), userId: userOf(command.person), ...wishes });
    }
    case 'removeUser':
      return removeUser(context, viewer, { idempotencyKey: keyOf(command), userId: userOf(command.person) });
    case 'assignRoles': {
      const reference = { idempotencyKey: keyOf(command), userId: userOf(command.person) };
      return assignOrganizationRoles(context, viewer, { ...reference, roles: command.roles });
    }
    case 'addLocation': {
      const reference = { idempotencyKey: keyOf(command), customerId: idOf('Customer', command.customer) };
      return addLocation(context, viewer, { ...reference, location: command.location });
    }
    case 'addPhoneNumbers': {
      const { customer, location, numbers } = command;
      const locationId = names.idOfCalled(customer, location);
      return addPhoneNumbers(context, viewer, { idempotencyKey: keyOf(command), locationId, numbers });
    }
    case 'cancelOperation':
      return cancelOperation(context, viewer, { operationId: idOf('Operation', command.operation) });
    case 'retryOperation':
      return retryOperation(context, viewer, { operationId: idOf('Operation', command.operation) });
  }
}

function csvOf(users: readonly UserWords[]): string {
  const rows = users.map(({ firstName, lastName, email, package: code, locationName, phoneNumber, extension }) =>
    [firstName, lastName, email, code, locationName, phoneNumber, extension].map((cell) => cell ?? '').join(','),
  );
  return ['firstName,lastName,email,package,locationName,phoneNumber,extension', ...rows].join('\n');
}

/** Ids by what they name, as answers of commands call them. */
const nouns: Readonly<Record<string, Noun>> = {
  templateId: 'Template',
  customerId: 'Customer',
  operationId: 'Operation',
};

function answerOf(names: Names, draftNoun: Noun, { value, problems }: Outcome<object>): Answer {
  if (problems.length > 0) return { problems: problems.map(told).sort() };
  const named = Object.entries<unknown>({ ...value }).flatMap(([field, id]) => {
    const noun = field === 'draftId' ? draftNoun : nouns[field];
    if (!noun) return [];
    return [[field.slice(0, -'Id'.length), typeof id === 'string' ? names.meet(noun, id) : null] as const];
  });
  return { done: { ...Object.fromEntries(named), ...importSummary(value) } };
}

function told({ code, path }: { readonly code: string; readonly path: readonly string[] }): string {
  return `${code} ${path.join('.')}`.trim();
}

function importSummary(value: (object & Partial<Pick<ImportOutcome, 'importedRows' | 'rejectedRows'>>) | null) {
  if (value?.importedRows === undefined) return {};
  const rejected = (value.rejectedRows ?? []).map(({ row, issues }) => `${row}: ${issues.map(told).sort().join(', ')}`);
  return { importedRows: value.importedRows, rejectedRows: rejected.join('; ') };
}
