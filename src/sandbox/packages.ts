// The wholesale packages and what follows from them (Cisco's OpenAPI file). Closed sets, hence tables.

import { z } from 'zod';

export const customerPackage = z.enum([
  'common_area_calling',
  'webex_calling',
  'webex_meetings',
  'webex_suite',
  'webex_voice',
  'cx_essentials',
  'webex_calling_standard',
  'cisco_calling_plan',
  'attendant_console',
  'cx_premium_agent',
  'cx_standard_agent',
  'cx_voice_ports',
  'cx_ai_assistant',
  'webex_ai_agent',
]);
export type CustomerPackage = z.infer<typeof customerPackage>;

export const subscriberPackage = customerPackage.extract([
  'webex_calling',
  'webex_meetings',
  'webex_suite',
  'webex_voice',
  'cx_essentials',
  'webex_calling_standard',
  'attendant_console',
  'cx_premium_agent',
  'cx_standard_agent',
]);
export type SubscriberPackage = z.infer<typeof subscriberPackage>;

/** What the older field `package` may carry. */
export const legacySubscriberPackage = subscriberPackage.exclude([
  'attendant_console',
  'cx_premium_agent',
  'cx_standard_agent',
]);

const calling: readonly CustomerPackage[] = [
  'common_area_calling',
  'webex_calling',
  'webex_suite',
  'webex_voice',
  'cx_essentials',
  'webex_calling_standard',
];

/** Each needs at least one of these beside it. */
export const packageDependencies: Partial<Record<CustomerPackage, readonly CustomerPackage[]>> = {
  cisco_calling_plan: calling,
  attendant_console: ['webex_calling', 'webex_suite', 'cx_essentials'],
};

export const packageLimits = z.partialRecord(
  customerPackage.extract([
    'webex_calling',
    'common_area_calling',
    'webex_meetings',
    'webex_suite',
    'webex_voice',
    'cx_essentials',
    'webex_calling_standard',
    'attendant_console',
  ]),
  z.number().int().min(0),
);
export type PackageLimits = Partial<Record<CustomerPackage, number>>;

export function includesCalling(name: CustomerPackage): boolean {
  return calling.includes(name);
}
