// The documents of the demo: one a wizard step. A test validates each against the schema.

export const whoAmI = /* GraphQL */ `
  query DemoWhoAmI {
    viewer {
      partner {
        name
        serviceProviderAdmins {
          id
        }
        wholesaleSubscriptions {
          id
        }
      }
    }
  }
`;

/** A step that only moves the draft on: what comes back is whether it was right. */
function step(field: string, payload: string): string {
  const name = field.charAt(0).toUpperCase() + field.slice(1);
  return /* GraphQL */ `
    mutation Demo${name}($input: ${name}Input!) {
      ${field}(input: $input) {
        ${payload}
        userErrors { code message path }
      }
    }
  `;
}

export const startTemplateDraft = step('startTemplateDraft', 'draft { id }');
export const saveTemplatePrimarySettings = step('saveTemplatePrimarySettings', 'draft { id }');
export const saveTemplateAuthentication = step('saveTemplateAuthentication', 'draft { id }');
export const saveTemplateCalling = step('saveTemplateCalling', 'draft { id }');
export const saveTemplateCommonSettings = step('saveTemplateCommonSettings', 'draft { id }');
export const submitTemplateDraft = step('submitTemplateDraft', 'template { id name provisioningId }');

export const startCustomerDraft = step('startCustomerDraft', 'draft { id }');
export const chooseCustomerOrganization = step('chooseCustomerOrganization', 'draft { id }');
export const saveCustomerInformation = step('saveCustomerInformation', 'draft { id }');
export const saveCustomerPackages = step('saveCustomerPackages', 'draft { id }');
export const saveCustomerHeadquarters = step('saveCustomerHeadquarters', 'draft { id }');
export const submitCustomerDraft = step('submitCustomerDraft', 'customer { id } operation { id }');

export const startSetupDraft = step('startSetupDraft', 'draft { id }');
export const saveSetupLocations = step('saveSetupLocations', 'draft { id }');
export const saveSetupUsers = step('saveSetupUsers', 'draft { id }');
export const saveSetupPhoneNumbers = step('saveSetupPhoneNumbers', 'draft { id }');
export const submitSetupDraft = step('submitSetupDraft', 'operation { id }');

export const watchOperation = /* GraphQL */ `
  subscription DemoWatchOperation($operationId: ID!, $after: EventCursor) {
    operationUpdated(operationId: $operationId, after: $after) {
      cursor
      event {
        message
      }
      operation {
        status
        nextAction
        progress {
          percent
        }
        steps {
          kind
          status
          totalItems
          completedItems
          failedItems
        }
      }
    }
  }
`;

export const result = /* GraphQL */ `
  query DemoResult($customerId: ID!) {
    customer(id: $customerId) {
      companyName
      status
      users(first: 100) {
        nodes {
          firstName
          lastName
          email
          phoneNumber
          extension
          status
          location {
            name
          }
          errors {
            message
          }
        }
      }
      locations {
        nodes {
          name
          status
        }
      }
    }
  }
`;
