// A location as it is stored, and as the API shows it.

import { countEffect } from './effects.ts';
import { newId } from './ids.ts';
import { findRow } from './state.ts';
import type { Database } from './state.ts';

export interface LocationAddress {
  readonly address1: string;
  readonly address2?: string | undefined;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country: string;
}

export interface LocationRow {
  id: string;
  partner: string;
  org_id: string;
  name: string;
  is_headquarters: boolean;
  address: LocationAddress;
  time_zone: string;
  preferred_language: string;
  announcement_language: string;
  latitude: string | null;
  longitude: string | null;
  notes: string | null;
  pstn_connection: unknown;
}

interface NewLocation {
  readonly partner: string;
  readonly orgId: string;
  readonly isHeadquarters: boolean;
  readonly name: string;
  readonly timeZone: string;
  readonly preferredLanguage: string;
  readonly announcementLanguage: string;
  readonly address: LocationAddress;
  readonly latitude?: string | undefined;
  readonly longitude?: string | undefined;
  readonly notes?: string | undefined;
}

/** Adds another one whatever is there already: two of the same name are a mistake of the caller that effects.ts brings to light. */
export async function createLocation(db: Database, location: NewLocation): Promise<string> {
  const id = newId('LOCATION');
  const { partner, orgId, name } = location;
  await db.query(
    `insert into sandbox.locations (id, partner, org_id, name, is_headquarters, address, time_zone, preferred_language,
       announcement_language, latitude, longitude, notes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      id,
      partner,
      orgId,
      name,
      location.isHeadquarters,
      JSON.stringify(location.address),
      location.timeZone,
      location.preferredLanguage,
      location.announcementLanguage,
      location.latitude ?? null,
      location.longitude ?? null,
      location.notes ?? null,
    ],
  );
  await countEffect(db, { partner, kind: 'location', scope: orgId, subjects: [name] });
  return id;
}

export async function findLocation(db: Database, partner: string, id: string): Promise<LocationRow | null> {
  return findRow<LocationRow>(db, 'select * from sandbox.locations where id = $1 and partner = $2', [id, partner]);
}

export function showLocation(row: LocationRow) {
  return {
    id: row.id,
    name: row.name,
    orgId: row.org_id,
    timeZone: row.time_zone,
    preferredLanguage: row.preferred_language,
    announcementLanguage: row.announcement_language,
    address: row.address,
    ...(row.latitude === null ? {} : { latitude: row.latitude }),
    ...(row.longitude === null ? {} : { longitude: row.longitude }),
    ...(row.notes === null ? {} : { notes: row.notes }),
  };
}
