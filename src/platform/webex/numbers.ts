// Phone numbers of an organisation and its locations.

import type { NumberAvailability, PartnerPlatform } from '../port.ts';
import { toIssue } from './issues.ts';
import { toNumber } from './mapping.ts';
import { restPath } from './rest-path.ts';
import type { Rest } from './rest.ts';
import { numberBody, validatedNumbersBody } from './wire.ts';

type Numbers = Pick<PartnerPlatform, 'listNumbers' | 'validateNumbers' | 'addNumbers'>;

export function numbers(rest: Rest): Numbers {
  return {
    async listNumbers(organizationId) {
      const path = restPath`/telephony/config/numbers`;
      const request = { operation: 'list the phone numbers', path, query: { orgId: organizationId } };
      const found = await rest.readAll(request, numberBody, ['phoneNumbers']);
      return found.map(toNumber).filter((number) => number !== null);
    },

    async validateNumbers(organizationId, asked) {
      if (asked.length === 0) return [];
      const call = {
        operation: 'check the phone numbers',
        effect: 'read',
        method: 'POST',
        path: restPath`/telephony/config/actions/validateNumbers/invoke`,
        query: { orgId: organizationId },
        body: { phoneNumbers: asked },
      } as const;
      const answer = await rest.sendFor(call, validatedNumbersBody);
      const verdicts = new Map(answer.numbers.map((verdict) => [verdict.number, verdict]));
      return asked.map((number): NumberAvailability => {
        const verdict = verdicts.get(number);
        if (verdict?.state.toLowerCase() === 'available') return { number, isAvailable: true, issue: null };
        const description = verdict?.detail?.[0] ?? `${number}: ${verdict?.state ?? 'no verdict'}`;
        return { number, isAvailable: false, issue: toIssue({ errorCode: null, description, fieldName: null }) };
      });
    },

    async addNumbers(organizationId, locationPlatformId, added) {
      if (added.length === 0) return;
      await rest.send({
        operation: 'add the phone numbers',
        effect: 'write',
        method: 'POST',
        path: restPath`/telephony/config/locations/${locationPlatformId}/numbers`,
        query: { orgId: organizationId },
        body: { phoneNumbers: added },
      });
    },
  };
}
