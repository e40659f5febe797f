// Sub-partners over REST. The specification calls the list "items", its sample "subPartners"; both are read.

import { z } from 'zod';
import type { PartnerPlatform, PlatformSubPartner } from '../port.ts';
import { restPath } from './rest-path.ts';
import type { Rest } from './rest.ts';

const moment = z.coerce.date().nullish().catch(null);

export const subPartnerBody = z.object({
  orgId: z.string(),
  subscriptionId: z.string().nullish().catch(null),
  provisioningState: z.string(),
  created: moment,
  billingStartDate: moment,
});

export function subPartners(rest: Rest): Pick<PartnerPlatform, 'listSubPartners'> {
  return {
    async listSubPartners() {
      const asked = { operation: 'list the sub-partners', path: restPath`/wholesale/subPartners` };
      const found = await rest.readAll({ ...asked, query: { max: '100' } }, subPartnerBody, ['items', 'subPartners']);
      return found.map(toSubPartner);
    },
  };
}

function toSubPartner(body: z.infer<typeof subPartnerBody>): PlatformSubPartner {
  return {
    organizationId: body.orgId,
    subscriptionNumber: body.subscriptionId ?? null,
    state: body.provisioningState.toLowerCase() === 'active' ? 'ACTIVE' : 'SUSPENDED',
    setUpAt: body.created ?? null,
    billingStartDate: body.billingStartDate ?? null,
  };
}
