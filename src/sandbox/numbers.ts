// Phone numbers: the inventory of an organisation, by location, and whether a number can be had.

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { partnerOf } from './auth.ts';
import { callOf } from './call.ts';
import { countEffect } from './effects.ts';
import { errorCodeOf, notFound, refusal } from './errors.ts';
import { flag, parseInput, phoneNumber, text } from './input.ts';
import { findLocation } from './location-record.ts';
import type { LocationRow } from './location-record.ts';
import { requireVisibleOrganization } from './organizations.ts';
import { answerPage, pageOf, pageQuery } from './paging.ts';
import type { Sandbox } from './sandbox.ts';
import { findRow, findRows, inTransaction } from './state.ts';
import type { Database } from './state.ts';
import { isUnavailableNumber, unavailableNumber } from './subscriber-checks.ts';

const listQuery = z.object({
  ...pageQuery,
  orgId: z.string().optional(),
  locationId: z.string().optional(),
  phoneNumber: z.string().optional(),
  ownerId: z.string().optional(),
  available: flag.optional(),
  state: z.enum(['ACTIVE', 'INACTIVE']).optional(),
});

const numberList = z
  .array(phoneNumber)
  .min(1)
  .refine((numbers) => new Set(numbers).size === numbers.length, 'a number is named twice');
const choice = z.object({ phoneNumbers: numberList });
const removal = z.object({ phoneNumbers: numberList.max(5) });
const addition = z.object({
  phoneNumbers: numberList,
  numberType: z.enum(['TOLLFREE', 'DID', 'MOBILE']).default('DID'),
  numberUsageType: z.enum(['NONE', 'SERVICE']).default('NONE'),
  state: z.enum(['ACTIVE', 'INACTIVE']).default('ACTIVE'),
  subscriptionId: z.string().optional(),
});

interface NumberRow {
  number: string;
  location_id: string;
  location_name: string;
  number_type: 'TOLLFREE' | 'DID' | 'MOBILE';
  usage: 'NONE' | 'SERVICE';
  state: 'ACTIVE' | 'INACTIVE';
  is_main: boolean;
  extension: string | null;
  person_id: string | null;
  first_name: string | null;
  last_name: string | null;
}

type WithLocation = { Params: { locationId: string } };

export function numberRoutes(app: FastifyInstance, { pool }: Sandbox): void {
  async function locationOf(request: FastifyRequest<WithLocation>): Promise<LocationRow> {
    const location = await findLocation(pool, partnerOf(request), request.params.locationId);
    const { orgId } = parseInput(z.object({ orgId: z.string().optional() }), request.query);
    if (location === null || (orgId ?? location.org_id) !== location.org_id) throw notFound('location');
    return location;
  }

  app.get('/telephony/config/numbers', async (request, reply) => {
    const partner = partnerOf(request);
    const asked = parseInput(listQuery, request.query);
    if (asked.orgId !== undefined) await requireVisibleOrganization(pool, partner, asked.orgId);
    const page = pageOf(asked, { defaultMax: 2_000, cap: 2_000, offsetName: 'start' });
    const rows = await findRows<NumberRow>(
      pool,
      `select n.*, l.name as location_name, s.extension, s.person_id, s.first_name, s.last_name
       from sandbox.numbers n join sandbox.locations l on l.id = n.location_id
         left join sandbox.subscribers s on s.id = n.subscriber_id
       where n.partner = $1 and ($2::text is null or n.org_id = $2) and ($3::text is null or n.location_id = $3)
         and ($4::text is null or n.number = $4) and ($5::text is null or s.person_id = $5)
         and ($6::boolean is null or (n.subscriber_id is null) = $6) and ($7::text is null or n.state = $7)
       order by n.seq limit $8 offset $9`,
      [
        partner,
        asked.orgId ?? null,
        asked.locationId ?? null,
        asked.phoneNumber ?? null,
        asked.ownerId ?? null,
        asked.available ?? null,
        asked.state ?? null,
        page.max + 1,
        page.offset,
      ],
    );
    return { phoneNumbers: answerPage(request, reply, rows, page, 'start').map(showNumber) };
  });

  app.post('/telephony/config/actions/validateNumbers/invoke', async (request) => {
    const { orgId } = parseInput(z.object({ orgId: z.string().optional() }), request.query);
    const { phoneNumbers } = parseInput(z.object({ phoneNumbers: z.array(text).min(1) }), request.body);
    if (orgId !== undefined) await requireVisibleOrganization(pool, partnerOf(request), orgId);
    const known = await knownNumbers(pool, orgId ?? null, phoneNumbers);
    const numbers = phoneNumbers.map((number, index) => ({
      number,
      ...verdictOn(number, known.has(number), phoneNumbers.indexOf(number) < index),
    }));
    const isFine = numbers.every(({ state }) => state === 'Available');
    return { status: isFine ? 'OK' : 'ERRORS', numbers };
  });

  const path = '/telephony/config/locations/:locationId/numbers';

  app.post<WithLocation>(path, async (request, reply) => {
    const location = await locationOf(request);
    const asked = parseInput(addition, request.body);
    await inTransaction(pool, (db) => addNumbers(db, location, asked));
    callOf(request).effect = 'numbers-added';
    return reply.code(200).send({});
  });

  app.put<WithLocation>(path, async (request, reply) => {
    const location = await locationOf(request);
    const { phoneNumbers } = parseInput(choice, request.body);
    await inTransaction(pool, async (db) => {
      const sql = `update sandbox.numbers set state = 'ACTIVE' where location_id = $1 and number = any($2)`;
      const { rowCount } = await db.query(sql, [location.id, phoneNumbers]);
      if (rowCount !== phoneNumbers.length) throw notFound('phone number');
    });
    callOf(request).effect = 'numbers-activated';
    return reply.code(204).send();
  });

  app.delete<WithLocation>(path, async (request, reply) => {
    const location = await locationOf(request);
    const { phoneNumbers } = parseInput(removal, request.body);
    await inTransaction(pool, (db) => removeNumbers(db, location, phoneNumbers));
    callOf(request).effect = 'numbers-removed';
    return reply.code(204).send();
  });
}

async function knownNumbers(db: Database, orgId: string | null, numbers: readonly string[]): Promise<Set<string>> {
  const sql = 'select number from sandbox.numbers where org_id = $1 and number = any($2)';
  return new Set((await findRows<{ number: string }>(db, sql, [orgId, numbers])).map(({ number }) => number));
}

async function addNumbers(db: Database, location: LocationRow, asked: z.infer<typeof addition>): Promise<void> {
  const { phoneNumbers } = asked;
  const unavailable = phoneNumbers.filter(isUnavailableNumber);
  if (unavailable.length > 0) throw refusal('numberUnavailable', unavailable.map(unavailableNumber).join(' '));
  // Locked, so that two requests cannot both make their first number the main one.
  await db.query('select 1 from sandbox.locations where id = $1 for update', [location.id]);
  const main = await findRow(db, 'select 1 from sandbox.numbers where location_id = $1 and is_main', [location.id]);
  const { rowCount } = await db.query(
    `insert into sandbox.numbers (org_id, number, partner, location_id, number_type, usage, state, is_main)
     select $1, number, $3, $4, $5, $6, $7, $8 and place = 1 from unnest($2::text[]) with ordinality as given (number, place)
     on conflict (org_id, number) do nothing`,
    [
      location.org_id,
      phoneNumbers,
      location.partner,
      location.id,
      asked.numberType,
      asked.numberUsageType,
      asked.state,
      main === null,
    ],
  );
  if (rowCount !== phoneNumbers.length) {
    const reason = `${phoneNumbers.join(', ')}: at least one of them belongs to the organization already.`;
    throw refusal('numberUnavailable', `[Error 8361] DN is unavailable : ${reason}`);
  }
  const { partner, org_id: scope } = location;
  await countEffect(db, { partner, kind: 'number', scope, subjects: phoneNumbers });
}

async function removeNumbers(db: Database, location: LocationRow, numbers: readonly string[]): Promise<void> {
  const found = await findRows<{ is_main: boolean; subscriber_id: string | null }>(
    db,
    'select is_main, subscriber_id from sandbox.numbers where location_id = $1 and number = any($2) for update',
    [location.id, numbers],
  );
  if (found.length !== numbers.length) throw notFound('phone number');
  if (found.some((row) => row.is_main)) throw refusal('mainNumber', "A location's main number cannot be removed.");
  if (found.some((row) => row.subscriber_id !== null))
    throw refusal('numberInUse', 'A number in use cannot be removed.');
  await db.query('delete from sandbox.numbers where location_id = $1 and number = any($2)', [location.id, numbers]);
}

function verdictOn(number: string, isKnown: boolean, isRepeated: boolean) {
  const tollFreeNumber = /^\+1(800|888|877|866|855|844|833)/.test(number);
  const bad = (state: string, detail: string) => ({ state, tollFreeNumber, detail: [detail] });
  if (!phoneNumber.safeParse(number).success)
    return bad('Invalid', `[Error ${errorCodeOf('invalidNumber')}] Not in E.164 form : ${number}`);
  if (isUnavailableNumber(number)) return bad('Unavailable', unavailableNumber(number));
  if (isKnown)
    return bad('Duplicate', `[Error 8361] DN is unavailable : ${number} belongs to the organization already`);
  if (isRepeated) return bad('Duplicate In List', `[Error ${errorCodeOf('invalidNumber')}] Named twice : ${number}`);
  return { state: 'Available', tollFreeNumber };
}

function showNumber(row: NumberRow) {
  const owner = {
    id: row.person_id,
    type: 'PEOPLE',
    ...(row.first_name === null ? {} : { firstName: row.first_name }),
    ...(row.last_name === null ? {} : { lastName: row.last_name }),
  };
  return {
    phoneNumber: row.number,
    ...(row.extension === null ? {} : { extension: row.extension }),
    state: row.state,
    phoneNumberType: 'PRIMARY',
    mainNumber: row.is_main,
    includedTelephonyTypes: row.number_type === 'MOBILE' ? 'MOBILE_NUMBER' : 'PSTN_NUMBER',
    tollFreeNumber: row.number_type === 'TOLLFREE',
    isServiceNumber: row.usage === 'SERVICE',
    location: { id: row.location_id, name: row.location_name },
    ...(row.person_id === null ? {} : { owner }),
  };
}
