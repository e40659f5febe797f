// Makes the numbers of a generated command exact: modulo how many things there are, counted from the newest. A negative
// number stays; where there is nothing yet, nothing is named.

import { missing, oldest } from './commands.ts';
import type { Command, PinnedCommand, Ref } from './commands.ts';
import type { Model } from './reference/state.ts';

/**
 * @param last The command with a key that came last; null: none did.
 * @param place The command's place in its sequence, from which a key that nobody used before is made.
 */
export function pin(model: Model, command: Command, last: PinnedCommand | null, place: number): PinnedCommand | null {
  const of = (list: readonly unknown[], ref: Ref): Ref => {
    if (ref < 0) return ref;
    if (ref === oldest) return 0;
    return list.length === 0 ? missing : list.length - 1 - (ref % list.length);
  };
  const fresh = `fresh-${place}`;
  switch (command.kind) {
    case 'again':
      return last;
    case 'wait':
    case 'startCustomerDraft':
      return command;
    case 'startTemplateDraft': {
      const { edit, copy } = command;
      const { templates } = model;
      return {
        ...command,
        edit: edit === null ? null : of(templates, edit),
        copy: copy === null ? null : of(templates, copy),
      };
    }
    case 'savePrimarySettings':
    case 'saveAuthentication':
    case 'saveCalling':
    case 'saveCommonSettings':
    case 'submitTemplateDraft':
    case 'discardTemplateDraft':
      return { ...command, draft: of(model.templateDrafts, command.draft) };
    case 'archiveTemplate':
    case 'linkProvisioningId':
      return { ...command, template: of(model.templates, command.template) };
    case 'provisionCustomer':
      return { ...command, key: command.key ?? fresh, template: of(model.templates, command.template) };
    case 'saveInformation':
      return {
        ...command,
        draft: of(model.customerDrafts, command.draft),
        template: of(model.templates, command.template),
      };
    case 'chooseOrganization':
    case 'savePackages':
    case 'saveHeadquarters':
    case 'submitCustomerDraft':
    case 'discardCustomerDraft':
      return { ...command, draft: of(model.customerDrafts, command.draft) };
    case 'updateCustomer':
    case 'detachCustomer':
      return { ...command, key: command.key ?? fresh, customer: of(model.customers, command.customer) };
    case 'startSetupDraft':
      return { ...command, customer: of(model.customers, command.customer) };
    case 'saveSetupLocations':
    case 'saveSetupUsers':
    case 'importSetupUsers':
    case 'saveSetupPhoneNumbers':
    case 'submitSetupDraft':
    case 'discardSetupDraft':
      return { ...command, draft: of(model.setupDrafts, command.draft) };
    case 'provisionUser':
    case 'addLocation':
    case 'addPhoneNumbers':
      return { ...command, key: command.key ?? fresh, customer: of(model.customers, command.customer) };
    case 'updateUser':
    case 'removeUser':
    case 'assignRoles':
      return { ...command, key: command.key ?? fresh, person: of(model.users, command.person) };
    case 'cancelOperation':
    case 'retryOperation':
      return { ...command, operation: of(model.operations, command.operation) };
  }
}
