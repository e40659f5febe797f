// Locations of an organisation. How they reach the telephone network: pstn.ts; their numbers: numbers.ts.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { partnerOf } from './auth.ts';
import { callOf } from './call.ts';
import { notFound } from './errors.ts';
import { parseInput, text } from './input.ts';
import { createLocation, findLocation, showLocation } from './location-record.ts';
import type { LocationRow } from './location-record.ts';
import { requireVisibleOrganization } from './organizations.ts';
import { answerPage, pageOf, pageQuery } from './paging.ts';
import type { Sandbox } from './sandbox.ts';
import { findRows, inTransaction } from './state.ts';

const listQuery = z.object({
  ...pageQuery,
  name: z.string().optional(),
  id: z.string().optional(),
  orgId: z.string().optional(),
});

const address = z.object({
  address1: text,
  address2: z.string().optional(),
  city: text,
  state: text,
  postalCode: text,
  country: z.string().length(2),
});

const creation = z.object({
  name: text,
  timeZone: text,
  preferredLanguage: text,
  announcementLanguage: text,
  address,
  latitude: z.string().optional(),
  longitude: z.string().optional(),
  notes: z.string().optional(),
});

const update = z.object({
  name: text.optional(),
  timeZone: text.optional(),
  preferredLanguage: text.optional(),
  address: address.partial().optional(),
});

type WithLocation = { Params: { locationId: string } };

export function locationRoutes(app: FastifyInstance, { pool }: Sandbox): void {
  app.get('/locations', async (request, reply) => {
    const partner = partnerOf(request);
    const asked = parseInput(listQuery, request.query);
    if (asked.orgId !== undefined) await requireVisibleOrganization(pool, partner, asked.orgId);
    const page = pageOf(asked, { defaultMax: 500, cap: 1_000 });
    const rows = await findRows<LocationRow>(
      pool,
      `select * from sandbox.locations where partner = $1 and ($2::text is null or org_id = $2) and ($3::text is null or id = $3)
         and ($4::text is null or position(lower($4) in lower(name)) > 0) order by seq limit $5 offset $6`,
      [partner, asked.orgId ?? null, asked.id ?? null, asked.name ?? null, page.max + 1, page.offset],
    );
    return { items: answerPage(request, reply, rows, page).map(showLocation) };
  });

  app.post('/locations', async (request, reply) => {
    const partner = partnerOf(request);
    const asked = parseInput(creation, request.body);
    const { orgId } = parseInput(z.object({ orgId: text }), request.query);
    await requireVisibleOrganization(pool, partner, orgId);
    const id = await inTransaction(pool, (db) =>
      createLocation(db, { ...asked, partner, orgId, isHeadquarters: false }),
    );
    callOf(request).effect = 'location-created';
    return reply.code(201).send({ id });
  });

  app.get<WithLocation>('/locations/:locationId', async (request) => {
    const row = await findLocation(pool, partnerOf(request), request.params.locationId);
    if (row === null) throw notFound('location');
    return showLocation(row);
  });

  app.put<WithLocation>('/locations/:locationId', async (request, reply) => {
    const asked = parseInput(update, request.body);
    const { rowCount } = await pool.query(
      `update sandbox.locations set name = coalesce($3, name), time_zone = coalesce($4, time_zone),
         preferred_language = coalesce($5, preferred_language), address = address || $6 where id = $1 and partner = $2`,
      [
        request.params.locationId,
        partnerOf(request),
        asked.name ?? null,
        asked.timeZone ?? null,
        asked.preferredLanguage ?? null,
        JSON.stringify(asked.address ?? {}),
      ],
    );
    if (rowCount === 0) throw notFound('location');
    callOf(request).effect = 'location-updated';
    return reply.code(204).send();
  });
}
