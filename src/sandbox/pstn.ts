// How a location is connected to the public telephone network: what can be chosen, what was chosen.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { partnerOf } from './auth.ts';
import { callOf } from './call.ts';
import { notFound, refusal } from './errors.ts';
import { fixedId } from './ids.ts';
import { parseInput, text } from './input.ts';
import { findLocation } from './location-record.ts';
import type { LocationRow } from './location-record.ts';
import type { Sandbox } from './sandbox.ts';

const options = [option('Premises-based PSTN', 'LOCAL_GATEWAY'), option('Cloud Connect Partner', 'NON_INTEGRATED_CCP')];

const connectionChoice = z.union([
  z.object({ id: text }),
  z.object({ premiseRouteType: z.enum(['TRUNK', 'ROUTE_GROUP']), premiseRouteId: text }),
]);

type WithLocation = { Params: { locationId: string } };

export function pstnRoutes(app: FastifyInstance, { pool }: Sandbox): void {
  async function locationOf(request: FastifyRequest<WithLocation>): Promise<LocationRow> {
    const location = await findLocation(pool, partnerOf(request), request.params.locationId);
    if (location === null) throw notFound('location');
    return location;
  }

  app.get<WithLocation>('/telephony/pstn/locations/:locationId/connectionOptions', async (request) => {
    await locationOf(request);
    return { items: options.map(({ id, displayName, pstnServices }) => ({ id, displayName, pstnServices })) };
  });

  app.get<WithLocation>('/telephony/pstn/locations/:locationId/connection', async (request) => {
    const { pstn_connection: connection } = await locationOf(request);
    if (connection === null) throw notFound('PSTN connection');
    return connection;
  });

  app.put<WithLocation>('/telephony/pstn/locations/:locationId/connection', async (request, reply) => {
    const { id } = await locationOf(request);
    const asked = parseInput(connectionChoice, request.body);
    const chosen = options.find((candidate) =>
      'id' in asked ? candidate.id === asked.id : candidate.pstnConnectionType === 'LOCAL_GATEWAY',
    );
    if (chosen === undefined) throw refusal('invalidValue', 'id: expected one of the connection options.');
    await pool.query('update sandbox.locations set pstn_connection = $2 where id = $1', [id, JSON.stringify(chosen)]);
    callOf(request).effect = 'pstn-connection-chosen';
    return reply.code(204).send();
  });
}

function option(displayName: string, pstnConnectionType: 'LOCAL_GATEWAY' | 'NON_INTEGRATED_CCP') {
  const id = fixedId('PSTN_CONNECTION', displayName);
  return { id, displayName, pstnServices: ['GEOGRAPHIC_NUMBERS'], pstnConnectionType };
}
