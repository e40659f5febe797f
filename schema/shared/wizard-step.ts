// The screens of all three wizards.

import { builder } from '../builder.ts';
import { openEnum } from './open-enum.ts';

export const WizardStep = builder.enumType('WizardStep', {
  description: openEnum(
    'A screen of a wizard. Which ones a wizard has, and in which order, is told by the `steps` of its draft.',
  ),
  values: {
    PRIMARY_SETTINGS: {
      description: 'Template wizard: name, country, service provider administrator and wholesale subscription.',
    },
    AUTHENTICATION: { description: 'Template wizard: how users of the customers sign in.' },
    CALLING: { description: 'Template wizard: which telephone network provider is preselected, if any.' },
    COMMON_SETTINGS: { description: 'Template wizard: invitation mails, brand name, and calls between Webex users.' },
    ORGANIZATION: { description: 'Customer wizard: a new organisation, or an existing one to attach to.' },
    INFORMATION: {
      description: 'Customer wizard: company name, template, administrator and your own key for the customer.',
    },
    PACKAGES: { description: 'Customer wizard: what the customer gets, and at most how much of it.' },
    HEADQUARTERS: { description: 'Customer wizard: the first location and the billing address.' },
    LOCATIONS: { description: 'Set-up wizard: further locations such as branches.' },
    USERS: { description: 'Set-up wizard: the people who get a package.' },
    PHONE_NUMBERS: { description: 'Set-up wizard: phone numbers and extensions for users with a calling package.' },
    REVIEW: { description: 'Last screen of every wizard: look over everything, then submit.' },
  },
});
