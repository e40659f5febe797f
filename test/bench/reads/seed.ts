// The benchmark's data, written by the database itself in a few statements: the same for every run.

import pg from 'pg';
import type { Sizes } from './sizes.ts';

/** What the ids are made of: a number for the kind of thing, and one for the thing. */
const kinds = { partner: 1, admin: 2, subscription: 3, template: 4, customer: 5, location: 6, user: 7, operation: 8 };

/** As `bench_id` makes them. */
export function idOf(kind: keyof typeof kinds, n: number): string {
  return `019a0000-${hex(kinds[kind], 4)}-7000-8000-${hex(n, 12)}`;
}

function hex(n: number, digits: number): string {
  return n.toString(16).padStart(digits, '0');
}

export async function seed(url: string, sizes: Sizes): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    for (const statement of statements(sizes)) await client.query(statement);
  } finally {
    await client.end();
  }
}

function statements(sizes: Sizes): string[] {
  const id = (kind: keyof typeof kinds, n: string): string => `pg_temp.bench_id(${kinds[kind]}, ${n})`;
  const perPartner = sizes.customers / sizes.partners;
  const partnerOf = `1 + (i - 1) / ${perPartner}`;
  const templateOf = `((i - 1) / ${perPartner}) * ${sizes.templatesPerPartner} + 1 + i % ${sizes.templatesPerPartner}`;
  const usersOf = `CASE WHEN i % 100 = 0 THEN ${sizes.usersOfLarge} ELSE ${sizes.usersPerCustomer} END`;
  const customers = `generate_series(1, ${sizes.customers}) i`;
  const created = `timestamptz '2026-01-01' + i * interval '7 minutes'`;
  const userNumber = `i * ${sizes.usersOfLarge} + u`;
  const locationNumber = (l: string): string => `i * ${sizes.locationsPerCustomer} + ${l}`;
  return [
    `CREATE FUNCTION pg_temp.bench_id(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
      SELECT ('019a0000-' || lpad(to_hex(kind), 4, '0') || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$`,
    `INSERT INTO "Partner" ("id", "slug", "name", "dataRegion", "cursorKey")
      SELECT ${id('partner', 'p')}, 'bench-' || p, 'Partner ' || p, 'US', ${id('partner', '1000 + p')}
      FROM generate_series(1, ${sizes.partners}) p`,
    `INSERT INTO "ServiceProviderAdmin" ("id", "partnerId", "name", "email")
      SELECT ${id('admin', 'p')}, ${id('partner', 'p')}, 'Admin ' || p, 'admin' || p || '@partner.example'
      FROM generate_series(1, ${sizes.partners}) p`,
    `INSERT INTO "WholesaleSubscription" ("id", "partnerId", "name", "number")
      SELECT ${id('subscription', 'p')}, ${id('partner', 'p')}, 'Contract ' || p, 'Sub' || (100000 + p)
      FROM generate_series(1, ${sizes.partners}) p`,
    `INSERT INTO "OnboardingTemplate" ("id", "partnerId", "name", "status", "countryCode", "serviceProviderAdminId",
        "wholesaleSubscriptionId", "provisioningId", "createdBy", "updatedAt")
      SELECT ${id('template', `(p - 1) * ${sizes.templatesPerPartner} + t`)}, ${id('partner', 'p')}, 'Template ' || p || '/' || t, 'ACTIVE', 'US',
        ${id('admin', 'p')}, ${id('subscription', 'p')}, 'provisioning-' || t, 'bench', now()
      FROM generate_series(1, ${sizes.partners}) p, generate_series(1, ${sizes.templatesPerPartner}) t`,
    `INSERT INTO "Customer" ("id", "partnerId", "companyName", "adminEmail", "externalId", "status", "templateId", "billingAddressLine1",
        "billingCity", "billingZipOrPostalCode", "billingStateOrProvince", "billingCountryCode", "dataRegion", "createdAt", "updatedAt")
      SELECT ${id('customer', 'i')}, ${id('partner', partnerOf)},
        (array['Acme','Globex','Initech','Umbrella','Société','Köhler','Stark','Wayne','Hooli','Tyrell'])[1 + i % 10] || ' ' ||
          (array['Dental','Logistics','Bakery','Law','Hotel','Clinic','School'])[1 + i % 7] || ' ' || i,
        'admin' || i || '@customer' || i || '.example', 'EXT-' || i,
        (array['PROVISIONED','PROVISIONED','PROVISIONING','ERROR'])[1 + i % 4]::"CustomerStatus", ${id('template', templateOf)},
        i || ' Main Street', 'Austin', '78701', 'TX', 'US', 'US', ${created}, ${created} + interval '3 days'
      FROM ${customers}`,
    `INSERT INTO "CustomerPackage" ("customerId", "code", "status", "limit")
      SELECT ${id('customer', 'i')}, code::"PackageCode", 'PROVISIONED', CASE WHEN i % 2 = 0 THEN 50 END
      FROM ${customers}, unnest((array['WEBEX_CALLING','WEBEX_MEETINGS','WEBEX_SUITE'])[1 : 1 + i % 3]) code`,
    `INSERT INTO "Location" ("id", "partnerId", "customerId", "kind", "status", "name", "addressLine1", "city", "stateOrProvince",
        "zipOrPostalCode", "countryCode", "timeZone", "language", "createdAt")
      SELECT ${id('location', locationNumber('l'))}, ${id('partner', partnerOf)}, ${id('customer', 'i')},
        CASE WHEN l = 1 THEN 'HEADQUARTERS' ELSE 'BRANCH' END::"LocationKind", 'PROVISIONED',
        (array['Headquarters','Branch North','Branch South','Warehouse','Shop'])[l], (10 + i % 90) || ' Main Street',
        (array['Austin','London','Berlin','Paris','Utrecht','Toronto','Sydney','Tokyo','São Paulo','Malmö'])[1 + (i + l) % 10],
        'TX', '78701', 'US', 'America/Chicago', 'en_us', ${created} + l * interval '1 second'
      FROM ${customers}, generate_series(1, ${sizes.locationsPerCustomer}) l`,
    `INSERT INTO "User" ("id", "partnerId", "customerId", "locationId", "firstName", "lastName", "email", "package", "extension", "status",
        "createdAt", "lastStatusChangeAt")
      SELECT ${id('user', userNumber)}, ${id('partner', partnerOf)}, ${id('customer', 'i')},
        ${id('location', locationNumber(`1 + u % ${sizes.locationsPerCustomer}`))},
        (array['Ada','Grace','Alan','Edsger','Barbara','Donald','Margaret','Ken','Frances','Jörg'])[1 + (i + u) % 10],
        (array['Lovelace','Hopper','Turing','Dijkstra','Liskov','Knuth','Hamilton','Thompson','Allen','Müller'])[1 + (i * 3 + u) % 10],
        'user' || u || '@customer' || i || '.example', 'WEBEX_CALLING', CASE WHEN u % 2 = 0 THEN (1000 + u)::text END,
        (array['PROVISIONED','PROVISIONED','PROVISIONED','PENDING'])[1 + u % 4]::"UserStatus",
        ${created} + u * interval '1 second', ${created} + u * interval '1 second'
      FROM ${customers}, generate_series(1, ${usersOf}) u`,
    `INSERT INTO "PhoneNumber" ("id", "partnerId", "customerId", "locationId", "userId", "number", "status", "createdAt")
      SELECT gen_random_uuid(), "partnerId", "customerId", "locationId", "id",
        '+1512' || lpad((('x' || right("id"::text, 7))::bit(28)::int % 10000000)::text, 7, '0'), 'PROVISIONED', "createdAt"
      FROM "User" WHERE "extension" IS NULL`,
    `INSERT INTO "ProvisioningOperation" ("id", "partnerId", "customerId", "kind", "status", "nextAction", "correlationId", "requestedBy",
        "acceptedAt", "finishedAt")
      SELECT ${id('operation', 'i')}, ${id('partner', partnerOf)}, ${id('customer', 'i')}, 'CREATE_CUSTOMER', 'SUCCEEDED', 'NONE', 'op-' || i,
        'bench', ${created}, ${created} + interval '1 minute'
      FROM ${customers}`,
    `INSERT INTO "ProvisioningEvent" ("id", "partnerId", "position", "type", "at", "message", "customerId", "customerVersion", "operationId")
      SELECT gen_random_uuid(), ${id('partner', partnerOf)}, ((i - 1) % ${perPartner}) * ${sizes.eventsPerCustomer} + s, 'STEP_PROGRESSED',
        ${created} + s * interval '3 seconds', 'Step ' || s || ' got further.', ${id('customer', 'i')}, s, ${id('operation', 'i')}
      FROM ${customers}, generate_series(1, ${sizes.eventsPerCustomer}) s`,
    `INSERT INTO "EventLog" ("partnerId", "head")
      SELECT "id", ${perPartner * sizes.eventsPerCustomer} FROM "Partner"`,
    'ANALYZE',
  ];
}
