// The package catalogue of Webex for Wholesale (Cisco's OpenAPI file and help article ny0fr7x). Closed, hence a table.

import type { PackageCode } from '../../database/generated/client.ts';

export interface PackageOffering {
  readonly code: PackageCode;
  readonly name: string;
  /** Telephony: its users need a number or an extension, its customer a headquarters with a calling location. */
  readonly includesCalling: boolean;
  readonly isAddOn: boolean;
  readonly isAssignableToUsers: boolean;
  /** The customer needs at least one of these beside it; empty: stands alone. */
  readonly requiresOneOf: readonly PackageCode[];
  /** Whether the platform takes a maximum quantity for it. */
  readonly supportsLimit: boolean;
}

const calling: readonly PackageCode[] = [
  'COMMON_AREA_CALLING',
  'WEBEX_CALLING',
  'WEBEX_SUITE',
  'WEBEX_VOICE',
  'CX_ESSENTIALS',
  'WEBEX_CALLING_STANDARD',
];

interface Traits {
  readonly name: string;
  readonly users?: false;
  readonly limit?: false;
  readonly addOnTo?: readonly PackageCode[];
}

const traits: Record<PackageCode, Traits> = {
  COMMON_AREA_CALLING: { name: 'Common Area Calling', users: false },
  WEBEX_CALLING: { name: 'Calling' },
  WEBEX_CALLING_STANDARD: { name: 'Calling Standard' },
  WEBEX_VOICE: { name: 'Voice' },
  WEBEX_SUITE: { name: 'Suite' },
  WEBEX_MEETINGS: { name: 'Meetings' },
  CX_ESSENTIALS: { name: 'Customer Assist' },
  // Assignable beside a base package only; a user has exactly one base package, so no user is created with it.
  ATTENDANT_CONSOLE: { name: 'Attendant Console', addOnTo: ['WEBEX_CALLING', 'WEBEX_SUITE', 'CX_ESSENTIALS'] },
  CISCO_CALLING_PLAN: { name: 'Cisco Calling Plan', users: false, limit: false, addOnTo: calling },
  CX_PREMIUM_AGENT: { name: 'Contact Center Premium Agent', limit: false },
  CX_STANDARD_AGENT: { name: 'Contact Center Standard Agent', limit: false },
  CX_VOICE_PORTS: { name: 'Contact Center Voice Ports', users: false, limit: false },
  CX_AI_ASSISTANT: { name: 'Contact Center AI Assistant', users: false, limit: false },
  WEBEX_AI_AGENT: { name: 'Webex AI Agent', users: false, limit: false },
};

export const packageOfferings: Readonly<Record<PackageCode, PackageOffering>> = {
  COMMON_AREA_CALLING: offering('COMMON_AREA_CALLING'),
  WEBEX_CALLING: offering('WEBEX_CALLING'),
  WEBEX_CALLING_STANDARD: offering('WEBEX_CALLING_STANDARD'),
  WEBEX_VOICE: offering('WEBEX_VOICE'),
  WEBEX_SUITE: offering('WEBEX_SUITE'),
  WEBEX_MEETINGS: offering('WEBEX_MEETINGS'),
  CX_ESSENTIALS: offering('CX_ESSENTIALS'),
  ATTENDANT_CONSOLE: offering('ATTENDANT_CONSOLE'),
  CISCO_CALLING_PLAN: offering('CISCO_CALLING_PLAN'),
  CX_PREMIUM_AGENT: offering('CX_PREMIUM_AGENT'),
  CX_STANDARD_AGENT: offering('CX_STANDARD_AGENT'),
  CX_VOICE_PORTS: offering('CX_VOICE_PORTS'),
  CX_AI_ASSISTANT: offering('CX_AI_ASSISTANT'),
  WEBEX_AI_AGENT: offering('WEBEX_AI_AGENT'),
};

function offering(code: PackageCode): PackageOffering {
  const { name, users = true, limit = true, addOnTo } = traits[code];
  return {
    code,
    name,
    includesCalling: calling.includes(code),
    isAddOn: addOnTo !== undefined,
    isAssignableToUsers: users,
    requiresOneOf: addOnTo ?? [],
    supportsLimit: limit,
  };
}
