// Locations of an organisation beyond its headquarters, which is created with the customer.

import type { PartnerPlatform } from '../port.ts';
import { toLocation, toLocationAddress } from './mapping.ts';
import { restPath } from './rest-path.ts';
import type { Rest } from './rest.ts';
import { createdBody, locationBody } from './wire.ts';

type Locations = Pick<PartnerPlatform, 'listLocations' | 'createLocation'>;

export function locations(rest: Rest): Locations {
  return {
    async listLocations(organizationId) {
      const request = { operation: 'list the locations', path: restPath`/locations`, query: { orgId: organizationId } };
      const found = await rest.readAll(request, locationBody);
      return found.map(toLocation);
    },

    async createLocation(organizationId, request) {
      const call = {
        operation: 'create the location',
        effect: 'write',
        method: 'POST',
        path: restPath`/locations`,
        query: { orgId: organizationId },
        body: {
          name: request.name,
          timeZone: request.timeZone,
          preferredLanguage: request.language,
          announcementLanguage: request.announcementLanguage ?? request.language,
          address: toLocationAddress(request),
        },
      } as const;
      const { id } = await rest.sendFor(call, createdBody);
      return { platformId: id };
    },
  };
}
