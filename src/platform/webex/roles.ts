// People of an organisation and their administrator roles. The platform has no call for roles alone: the whole person is read and written back.

import type { OrganizationRole, PartnerPlatform } from '../port.ts';
import { refusal } from './failures.ts';
import { roleName, toPerson, toRoleIds } from './mapping.ts';
import { restPath } from './rest-path.ts';
import type { Rest } from './rest.ts';
import { listedPersonBody, personBody, roleBody } from './wire.ts';
import type { PersonBody } from './wire.ts';

type RoleIds = ReadonlyMap<OrganizationRole, string>;
/** Remembers the platform's role list, which the platform hardly ever changes. */
export type RoleCatalogue = (rest: Rest) => Promise<RoleIds>;

const catalogueLifetimeMs = 10 * 60_000;

export function createRoleCatalogue(now: () => number): RoleCatalogue {
  let kept: { readonly ids: RoleIds; readonly readAtMs: number } | null = null;
  return async (rest) => {
    if (kept !== null && now() - kept.readAtMs < catalogueLifetimeMs) return kept.ids;
    const ids = toRoleIds(await rest.readAll({ operation: 'list the roles', path: restPath`/roles` }, roleBody));
    kept = { ids, readAtMs: now() };
    return ids;
  };
}

/** Of people: assigned roles replace those that have a word here; roles that Webex alone knows stay as they are. */
export function roles(rest: Rest, catalogue: RoleCatalogue): Pick<PartnerPlatform, 'assignRoles' | 'listPeople'> {
  return {
    async listPeople(organizationId) {
      const ids = await catalogue(rest);
      const query = { orgId: organizationId, callingData: 'true', max: '100' };
      const found = await rest.readAll(
        { operation: 'list the people', path: restPath`/people`, query },
        listedPersonBody,
      );
      return found.map((body) => toPerson(body, ids));
    },

    async assignRoles(organizationId, personId, assigned) {
      const ids = await catalogue(rest);
      const path = restPath`/people/${personId}`;
      const asked = { operation: 'read the person', path, query: { callingData: 'true' } };
      const person = await rest.readOrNull(asked, personBody);
      if (person === null)
        throw refusal('Webex refused to assign the roles: it does not know the person, or no longer.');
      const known = new Set(ids.values());
      const held = person.roles ?? [];
      const wanted = [...held.filter((id) => !known.has(id)), ...new Set(assigned.map((role) => idOf(role, ids)))];
      if (sameMembers(held, wanted)) return;
      await rest.send({
        operation: 'assign the roles',
        effect: 'write',
        method: 'PUT',
        path,
        // Only with a calling licence may calling data be asked for in a PUT.
        query: { callingData: person.locationId === undefined ? undefined : 'true' },
        body: { ...writable(person), orgId: person.orgId ?? organizationId, roles: wanted },
      });
    },
  };
}

// Work numbers only, and of calling users only, may be written; the others are derived by the platform.
function writable(person: PersonBody): PersonBody {
  const { phoneNumbers = [], ...rest } = person;
  const work = phoneNumbers.filter(({ type }) => type === 'work');
  return person.locationId === undefined || work.length === 0 ? rest : { ...rest, phoneNumbers: work };
}

function idOf(role: OrganizationRole, ids: RoleIds): string {
  const id = ids.get(role);
  if (id !== undefined) return id;
  const offered = [...ids.keys()].map(roleName).join(', ');
  throw refusal(`Expected Webex to offer the role ${roleName(role)}, found only: ${offered || 'none known here'}.`);
}

function sameMembers(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((id) => right.includes(id));
}
