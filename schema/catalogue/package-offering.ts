// The packages that can be sold.

import { packageOfferings } from '../../src/domain/catalogue/packages.ts';
import type { PackageOffering as DomainOffering } from '../../src/domain/catalogue/packages.ts';
import { builder } from '../builder.ts';
import { openEnum } from '../shared/open-enum.ts';

export const PackageCode = builder.enumType('PackageCode', {
  description: openEnum(
    'A unit of service: first given to a customer, then to its users, each of whom has exactly one. PackageOffering tells what each includes.',
  ),
  values: {
    COMMON_AREA_CALLING: {
      description: 'Telephony for places such as lobbies; belongs to the customer, not to a person.',
    },
    WEBEX_CALLING: { description: 'Telephony for a person, on phones and apps.' },
    WEBEX_CALLING_STANDARD: {
      description: 'Telephony for a person, on one physical phone or in the app, not on both.',
    },
    WEBEX_VOICE: { description: 'Basic telephony for a person.' },
    WEBEX_SUITE: { description: 'Telephony and meetings for a person.' },
    WEBEX_MEETINGS: { description: 'Meetings for a person, without telephony.' },
    CX_ESSENTIALS: { description: 'Customer Assist: telephony with call queues for people who answer customers.' },
    ATTENDANT_CONSOLE: { description: 'Add-on: a desktop for receptionists.' },
    CISCO_CALLING_PLAN: {
      description: 'Add-on: public telephone numbers and minutes from Cisco; belongs to the customer.',
    },
    CX_PREMIUM_AGENT: { description: 'Contact centre: an agent with all channels.' },
    CX_STANDARD_AGENT: { description: 'Contact centre: an agent with voice.' },
    CX_VOICE_PORTS: { description: 'Contact centre: concurrent calls in menus and queues; belongs to the customer.' },
    CX_AI_ASSISTANT: {
      description: 'Contact centre: help for agents from artificial intelligence; belongs to the customer.',
    },
    WEBEX_AI_AGENT: { description: 'Contact centre: an automatic agent; belongs to the customer.' },
  },
});

export const PackageOffering = builder.objectRef<DomainOffering>('PackageOffering').implement({
  description: 'A package as it can be sold, and what comes with it.',
  fields: (t) => ({
    code: t.field({ type: PackageCode, description: 'Names it in inputs and answers.', resolve: ({ code }) => code }),
    name: t.exposeString('name', { description: 'As Webex calls it, for people.' }),
    includesCalling: t.exposeBoolean('includesCalling', {
      description: 'Telephony: its users need a phone number or an extension, its customer a headquarters.',
    }),
    isAddOn: t.exposeBoolean('isAddOn', { description: 'Only sold beside another package: see `requiresOneOf`.' }),
    isAssignableToUsers: t.exposeBoolean('isAssignableToUsers', {
      description: 'False: it belongs to the customer as a whole and cannot be given to a user.',
    }),
    requiresOneOf: t.field({
      type: [PackageCode],
      description: 'The customer needs at least one of these beside it; empty for a package that stands alone.',
      resolve: ({ requiresOneOf }) => requiresOneOf,
    }),
    supportsLimit: t.exposeBoolean('supportsLimit', {
      description: 'Whether a most number of users can be set for it.',
    }),
  }),
});

builder.queryField('packageOfferings', (t) =>
  t.field({
    type: [PackageOffering],
    description: 'Everything that can be sold to a customer.',
    resolve: () => Object.values(packageOfferings),
  }),
);

export const PackageSelectionInput = builder.inputType('PackageSelectionInput', {
  description: 'A package that a customer shall have.',
  fields: (t) => ({
    package: t.field({ type: PackageCode, required: true, description: 'Each may be named once.' }),
    limit: t.int({
      description: 'How many users may have it at most, 0 or more. Left out or null: as many as there are users.',
    }),
  }),
});
