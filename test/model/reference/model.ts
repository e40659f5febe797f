// The reference model as a whole: where it begins, and who answers which command.

import type { Answer, PinnedCommand } from '../commands.ts';
import { answerCustomerWizardCommand } from './customer-wizard.ts';
import { detachCustomer, provisionCustomer, updateCustomer } from './headless.ts';
import { answerOperationCommand } from './operations.ts';
import { answerPlaceCommand } from './places.ts';
import { answerSetupCommand } from './setup-wizard.ts';
import { doneWith } from './state.ts';
import type { Customer, Model, Template } from './state.ts';
import { answerTemplateCommand } from './templates.ts';
import { answerUserCommand, provisionUser, updateUser } from './users.ts';

const basic: Template = {
  name: 'Basic',
  countryCode: 'US',
  isAdminKnown: true,
  isSubscriptionKnown: true,
  method: 'WEBEX',
  samlIdpEntityId: null,
  oidcIdpName: null,
  pstnProviderId: null,
  restrictAdminInviteEmails: false,
  brandName: null,
  disableCallOnWebex: false,
  status: 'ACTIVE',
  provisioningId: 'provisioning-basic',
  version: 1,
};

const blue: Customer = {
  companyName: 'Blue Bottle',
  adminEmail: 'boss@blue.example',
  externalId: 'ext-1',
  template: 0,
  status: 'PROVISIONED',
  origin: 'NEW',
  organizationId: null,
  partnerAccess: 'FULL_ADMIN',
  isPartnerOwnOrganization: false,
  restrictedByPartnerMode: true,
  keepsOwnAuthentication: false,
  brandingSource: 'PLATFORM_DEFAULT',
  region: 'US',
  billingCountryCode: 'US',
  version: 0,
  packages: new Map([
    ['WEBEX_CALLING', { status: 'PROVISIONED', limit: 3 }],
    ['WEBEX_MEETINGS', { status: 'PROVISIONED', limit: null }],
  ]),
};

const green: Customer = {
  ...blue,
  companyName: 'Green Garden',
  adminEmail: 'boss@green.example',
  externalId: 'ext-2',
  status: 'PROVISIONED_WITH_ERRORS',
  packages: new Map([
    ['WEBEX_MEETINGS', { status: 'PROVISIONED', limit: null }],
    ['CX_PREMIUM_AGENT', { status: 'ERROR', limit: null }],
  ]),
};

const oldHand = { status: 'PROVISIONED', isCustomerAdmin: false, isThere: true, isGone: false };

/** Two templates, one of them restricting; one customer with telephony, one without and with a package that failed. */
export function newModel(): Model {
  return structuredClone<Model>({
    minute: 0,
    templates: [
      basic,
      { ...basic, name: 'Restricted', provisioningId: 'provisioning-restricted', restrictAdminInviteEmails: true },
    ],
    templateDrafts: [],
    customerDrafts: [],
    customers: [blue, green],
    locations: [{ customer: 0, name: 'Headquarters', kind: 'HEADQUARTERS', status: 'PROVISIONED', countryCode: 'US' }],
    users: [
      {
        ...oldHand,
        customer: 0,
        email: 'ann@blue.example',
        package: 'WEBEX_CALLING',
        location: 'Headquarters',
        extension: '100',
      },
      {
        ...oldHand,
        customer: 1,
        email: 'bob@green.example',
        package: 'WEBEX_MEETINGS',
        location: null,
        extension: null,
      },
    ],
    numbers: [{ customer: 0, number: '+12175550103', location: 'Headquarters', status: 'PROVISIONED', user: null }],
    setupDrafts: [],
    operations: [],
    events: [],
    kept: new Map(),
    generatedIds: 0,
  });
}

export function answerOf(model: Model, command: PinnedCommand): Answer {
  switch (command.kind) {
    case 'wait':
      model.minute += command.minutes;
      return doneWith({});
    case 'startTemplateDraft':
    case 'savePrimarySettings':
    case 'saveAuthentication':
    case 'saveCalling':
    case 'saveCommonSettings':
    case 'submitTemplateDraft':
    case 'discardTemplateDraft':
    case 'archiveTemplate':
    case 'linkProvisioningId':
      return answerTemplateCommand(model, command);
    case 'startCustomerDraft':
    case 'chooseOrganization':
    case 'saveInformation':
    case 'savePackages':
    case 'saveHeadquarters':
    case 'submitCustomerDraft':
    case 'discardCustomerDraft':
      return answerCustomerWizardCommand(model, command);
    case 'provisionCustomer':
      return provisionCustomer(model, command);
    case 'updateCustomer':
      return updateCustomer(model, command);
    case 'detachCustomer':
      return detachCustomer(model, command);
    case 'startSetupDraft':
    case 'saveSetupLocations':
    case 'saveSetupUsers':
    case 'importSetupUsers':
    case 'saveSetupPhoneNumbers':
    case 'submitSetupDraft':
    case 'discardSetupDraft':
      return answerSetupCommand(model, command);
    case 'provisionUser':
      return provisionUser(model, command);
    case 'updateUser':
      return updateUser(model, command);
    case 'removeUser':
    case 'assignRoles':
      return answerUserCommand(model, command);
    case 'addLocation':
    case 'addPhoneNumbers':
      return answerPlaceCommand(model, command);
    case 'cancelOperation':
    case 'retryOperation':
      return answerOperationCommand(model, command);
  }
}
