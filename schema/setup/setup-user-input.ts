// People and their numbers, as the set-up wizard's forms name them.

import { builder } from '../builder.ts';
import { PackageCode } from '../catalogue/package-offering.ts';

export const SetupUserInput = builder.inputType('SetupUserInput', {
  description: 'A person to create.',
  fields: (t) => ({
    firstName: t.string({
      required: true,
      description: 'At most 64 characters; with a calling package at most 30, in plain ASCII.',
    }),
    lastName: t.string({
      required: true,
      description: 'At most 64 characters; with a calling package at most 30, in plain ASCII.',
    }),
    email: t.string({ required: true, description: 'Unique in Webex as a whole; upper and lower case are the same.' }),
    package: t.field({
      type: PackageCode,
      required: true,
      description: "One of the customer's packages that can be given to users.",
    }),
    locationName: t.string({
      required: true,
      description: 'A location of the customer, or one that the draft adds; case does not matter.',
    }),
    phoneNumber: t.string({
      description:
        'E.164, such as +14155550100; only with a calling package. It can be given on the next screen as well.',
    }),
    extension: t.string({
      description: '2 to 10 digits; only with a calling package. It can be given on the next screen as well.',
    }),
  }),
});

export const PhoneNumberAssignmentInput = builder.inputType('PhoneNumberAssignmentInput', {
  description:
    'What one person of the draft gets. A person with a calling package needs a phone number, an extension, or both.',
  fields: (t) => ({
    email: t.string({ required: true, description: 'Names the person; upper and lower case are the same.' }),
    phoneNumber: t.string({ description: 'E.164, such as +14155550100. Left out or null: none.' }),
    extension: t.string({ description: '2 to 10 digits. Left out or null: none.' }),
  }),
});
