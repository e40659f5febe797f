// People of organisations and the administrator roles that they hold.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { partnerOf } from './auth.ts';
import { callOf } from './call.ts';
import { notFound, refusal } from './errors.ts';
import { roles } from './fixtures.ts';
import { parseInput, text } from './input.ts';
import { answerPage, pageOf, pageQuery } from './paging.ts';
import type { Sandbox } from './sandbox.ts';
import { findRow, findRows } from './state.ts';
import type { Database } from './state.ts';

interface Person {
  readonly id: string;
  readonly partner: string;
  readonly orgId: string;
  readonly email: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly roles: readonly string[];
  readonly now: number;
}

/** @param source a select of the columns below, in their order. */
export function addPersonSql(source: string): string {
  return `insert into sandbox.people as known (id, partner, org_id, email, first_name, last_name, roles, created_at) ${source}
    on conflict (org_id, lower(email)) do update
      set first_name = coalesce(excluded.first_name, known.first_name),
          last_name = coalesce(excluded.last_name, known.last_name)`;
}

/** Adds the person, or the name to the one who has this e-mail in the organisation already; answers the person's id. */
export async function rememberPerson(db: Database, person: Person): Promise<string> {
  const known = await findRow<{ id: string }>(
    db,
    `${addPersonSql('values ($1, $2, $3, $4, $5, $6, $7, $8)')} returning id`,
    [
      person.id,
      person.partner,
      person.orgId,
      person.email,
      person.firstName,
      person.lastName,
      person.roles,
      person.now,
    ],
  );
  return known?.id ?? person.id;
}

interface PersonRow {
  id: string;
  org_id: string;
  email: string;
  first_name: string | null;
  last_name: string | null;
  roles: string[];
  created_at: number;
  phone_number: string | null;
  extension: string | null;
  location_id: string | null;
}

const selectPeople = `select p.*, s.phone_number, s.extension, s.location_id
  from sandbox.people p left join sandbox.subscribers s on s.person_id = p.id`;

const listQuery = z.object({
  ...pageQuery,
  email: z.string().optional(),
  id: z.string().optional(),
  orgId: z.string().optional(),
});

const personUpdate = z.object({
  displayName: text,
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  /** Complete: a role that is absent is taken away. Absent as a whole: none is left. */
  roles: z.array(z.string()).default([]),
});

export function peopleRoutes(app: FastifyInstance, { pool }: Sandbox): void {
  async function read(partner: string, id: string): Promise<PersonRow> {
    const row = await findRow<PersonRow>(pool, `${selectPeople} where p.id = $1 and p.partner = $2`, [id, partner]);
    if (row === null) throw notFound('person');
    return row;
  }

  app.get('/roles', () => ({ items: roles }));

  app.get<{ Params: { roleId: string } }>('/roles/:roleId', (request) => {
    const role = roles.find(({ id }) => id === request.params.roleId);
    if (role === undefined) throw notFound('role');
    return role;
  });

  app.get('/people', async (request, reply) => {
    const asked = parseInput(listQuery, request.query);
    const page = pageOf(asked, { defaultMax: 100, cap: 1_000 });
    const rows = await findRows<PersonRow>(
      pool,
      `${selectPeople} where p.partner = $1 and ($2::text is null or lower(p.email) = lower($2)) and ($3::text is null or p.id = $3)
         and ($4::text is null or p.org_id = $4) order by p.created_at, p.id limit $5 offset $6`,
      [partnerOf(request), asked.email ?? null, asked.id ?? null, asked.orgId ?? null, page.max + 1, page.offset],
    );
    return { items: answerPage(request, reply, rows, page).map(showPerson) };
  });

  app.get<{ Params: { personId: string } }>('/people/:personId', async (request) =>
    showPerson(await read(partnerOf(request), request.params.personId)),
  );

  app.put<{ Params: { personId: string } }>('/people/:personId', async (request) => {
    const partner = partnerOf(request);
    const { personId } = request.params;
    const asked = parseInput(personUpdate, request.body);
    const unknown = asked.roles.filter((id) => !roles.some((role) => role.id === id));
    if (unknown.length > 0) throw refusal('invalidValue', `roles: ${unknown.join(', ')} is no role of GET /v1/roles.`);
    await pool.query(
      `update sandbox.people set roles = $3, first_name = coalesce($4, first_name), last_name = coalesce($5, last_name)
       where id = $1 and partner = $2`,
      [personId, partner, [...new Set(asked.roles)], asked.firstName ?? null, asked.lastName ?? null],
    );
    const person = await read(partner, personId);
    callOf(request).effect = 'roles-assigned';
    return showPerson(person);
  });
}

function showPerson(row: PersonRow) {
  const name = [row.first_name, row.last_name].filter((part) => part !== null).join(' ');
  return {
    id: row.id,
    emails: [row.email],
    ...(row.phone_number === null ? {} : { phoneNumbers: [{ type: 'work', value: row.phone_number }] }),
    ...(row.extension === null ? {} : { extension: row.extension }),
    ...(row.location_id === null ? {} : { locationId: row.location_id }),
    displayName: name === '' ? row.email : name,
    ...(row.first_name === null ? {} : { firstName: row.first_name }),
    ...(row.last_name === null ? {} : { lastName: row.last_name }),
    orgId: row.org_id,
    roles: row.roles,
    licenses: [],
    created: new Date(row.created_at).toISOString(),
    type: 'person',
    status: 'unknown',
    loginEnabled: true,
  };
}
