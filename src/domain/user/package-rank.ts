// Which package is less than which, for the customer's administrator (domain rules S6 and S7). Cisco publishes no order:
// this one is ours and is corrected here only.

import type { PackageCode } from '../../database/generated/enums.ts';
import { packageOfferings } from '../catalogue/packages.ts';

/** Higher is more; null: outside the order, neither an administrator's level nor a replacement for one. */
const ranks: Record<PackageCode, number | null> = {
  WEBEX_SUITE: 5,
  WEBEX_CALLING: 4,
  CX_ESSENTIALS: 4,
  WEBEX_VOICE: 3,
  WEBEX_CALLING_STANDARD: 2,
  WEBEX_MEETINGS: 1,
  CX_PREMIUM_AGENT: null,
  CX_STANDARD_AGENT: null,
  COMMON_AREA_CALLING: null,
  ATTENDANT_CONSOLE: null,
  CISCO_CALLING_PLAN: null,
  CX_VOICE_PORTS: null,
  CX_AI_ASSISTANT: null,
  WEBEX_AI_AGENT: null,
};

const withMeetings: readonly PackageCode[] = ['WEBEX_SUITE', 'WEBEX_MEETINGS'];

/** The package that the administrator would lose with this one; null: no downgrade. */
export function downgradedFrom(customerPackages: Iterable<PackageCode>, code: PackageCode): PackageCode | null {
  const highest = highestPackage(customerPackages);
  if (highest === null || highest === code) return null;
  const isLower = (ranks[code] ?? 0) < (ranks[highest] ?? 0);
  const losesCalling = packageOfferings[highest].includesCalling && !packageOfferings[code].includesCalling;
  const losesMeetings = withMeetings.includes(highest) && !withMeetings.includes(code);
  return isLower || losesCalling || losesMeetings ? highest : null;
}

function highestPackage(customerPackages: Iterable<PackageCode>): PackageCode | null {
  let highest: PackageCode | null = null;
  for (const code of customerPackages) {
    if (ranks[code] !== null && (highest === null || ranks[code] > (ranks[highest] ?? 0))) highest = code;
  }
  return highest;
}
