// What can be read back of one partner, in one statement, in the form of reference/snapshot.ts.

import type { Database } from '../../../src/database/client.ts';
import type { Snapshot } from '../reference/snapshot.ts';
import type { Names } from './names.ts';

interface DraftRow {
  readonly id: string;
  readonly version: number;
  readonly status: string;
  readonly saved: readonly string[];
  readonly currentStep: string;
  readonly steps: readonly {
    readonly step: string;
    readonly state: string;
    readonly issues: readonly { readonly code: string; readonly path: readonly string[] }[];
  }[];
  readonly warnings: readonly { readonly code: string }[];
}

/** A row that its customer's other rows of the kind differ from in its first value. */
interface OwnedRow {
  readonly id: string;
  readonly customerId: string;
  readonly values: readonly unknown[];
}

interface Rows {
  readonly templates: readonly {
    readonly id: string;
    readonly status: string;
    readonly version: number;
    readonly provisioningId: string | null;
    readonly values: readonly unknown[];
  }[];
  readonly templateDrafts: readonly (DraftRow & {
    readonly templateId: string | null;
    readonly values: readonly unknown[];
  })[];
  readonly customerDrafts: readonly (DraftRow & {
    readonly templateId: string | null;
    readonly customerId: string | null;
    readonly operationId: string | null;
    readonly externalId: string | null;
    readonly values: readonly unknown[];
    readonly packages: readonly { readonly package: string; readonly limit: number | null }[];
  })[];
  readonly customers: readonly {
    readonly id: string;
    readonly status: string;
    readonly version: number;
    readonly templateId: string | null;
    readonly externalId: string;
    readonly values: readonly unknown[];
    readonly packages: readonly (readonly unknown[])[];
  }[];
  readonly locations: readonly OwnedRow[];
  readonly users: readonly OwnedRow[];
  readonly numbers: readonly OwnedRow[];
  readonly setupDrafts: readonly (DraftRow & {
    readonly customerId: string;
    readonly operationId: string | null;
    readonly locations: readonly string[];
    readonly users: readonly (readonly unknown[])[];
  })[];
  readonly operations: readonly {
    readonly id: string;
    readonly customerId: string;
    readonly kind: string;
    readonly status: string;
    readonly version: number;
    readonly consents: readonly string[];
    readonly steps: readonly { readonly words: readonly string[]; readonly items: readonly string[] }[];
  }[];
  readonly keptAnswers: readonly string[];
  readonly events: readonly {
    readonly position: number;
    readonly type: string;
    readonly customerId: string | null;
    readonly customerVersion: number | null;
    readonly operationId: string | null;
    readonly from: string | null;
    readonly to: string | null;
  }[];
}

/** @param eventsAfter As in reference/snapshot.ts. */
export async function readSnapshot(
  database: Database,
  partnerId: string,
  names: Names,
  eventsAfter: number,
): Promise<Snapshot> {
  const rows = await readRows(database, partnerId, eventsAfter);
  const { nameOf } = names;
  for (const { id, customerId, values } of [...rows.locations, ...rows.users, ...rows.numbers]) {
    names.call(id, String(values[0]), names.numberOf(customerId));
  }
  return {
    templates: byName(
      rows.templates.map(({ id, provisioningId, ...columns }) => ({
        name: nameOf(id),
        ...columns,
        provisioningId: provisioningId && names.readProvisioningId(provisioningId),
      })),
    ),
    templateDrafts: byName(
      rows.templateDrafts.map(({ templateId, ...draft }) => ({
        ...draftColumns(draft, names),
        template: nameOf(templateId),
      })),
    ),
    customerDrafts: byName(
      rows.customerDrafts.map(({ templateId, customerId, operationId, externalId, packages, ...draft }) => {
        const [adminEmail, organizationId, companyName, ...others] = draft.values;
        return {
          ...draftColumns(draft, names),
          values: [adminEmail, organizationId, companyName, withoutUuid(externalId), nameOf(templateId), ...others],
          packages: packages.map(({ package: code, limit }) => `${code} ${limit ?? 'unlimited'}`),
          customer: nameOf(customerId),
          operation: nameOf(operationId),
        };
      }),
    ),
    customers: byName(
      rows.customers.map(
        ({ id, templateId, externalId, values: [companyName, adminEmail, ...others], ...customer }) => ({
          name: nameOf(id),
          ...customer,
          template: nameOf(templateId),
          values: [companyName, adminEmail, withoutUuid(externalId), ...others],
          packages: customer.packages.map((words) => words.join(' ')),
        }),
      ),
    ),
    locations: rows.locations.map(({ customerId, values }) => [names.numberOf(customerId), ...values].join(' ')).sort(),
    users: rows.users.map(({ customerId, values }) => [names.numberOf(customerId), ...values].join(' ')).sort(),
    numbers: rows.numbers.map(({ customerId, values }) => [names.numberOf(customerId), ...values].join(' ')).sort(),
    setupDrafts: byName(
      rows.setupDrafts.map(({ customerId, operationId, users, ...draft }) => ({
        ...draftColumns(draft, names),
        customer: nameOf(customerId),
        operation: nameOf(operationId),
        users: users.map((words) => words.join(' ')),
      })),
    ),
    operations: byName(
      rows.operations.map(({ id, customerId, steps, ...operation }) => ({
        name: nameOf(id),
        ...operation,
        customer: nameOf(customerId),
        steps: steps.map(({ words, items }) =>
          [...words, ...items.map((item) => names.knownName(item) ?? item)].join(' '),
        ),
      })),
    ),
    keptAnswers: rows.keptAnswers.toSorted(),
    events: rows.events.map(({ customerId, operationId, from, to, ...event }) => ({
      ...event,
      customer: nameOf(customerId),
      operation: nameOf(operationId),
      arrow: `${from ?? ''} -> ${to ?? ''}`,
    })),
  };
}

function draftColumns({ id, steps, warnings, ...draft }: DraftRow, { nameOf }: Names) {
  return {
    name: nameOf(id),
    ...draft,
    warnings: warnings.map(({ code }) => code),
    steps: steps.map(({ step, state, issues }) =>
      [step, state, ...issues.map(({ code, path }) => `${code} ${path.join('.')}`.trim())].join(' '),
    ),
  };
}

function byName<T extends { readonly name: string | null }>(rows: readonly T[]): T[] {
  const number = ({ name }: T): number => Number(name?.split('#')[1]);
  return rows.toSorted((a, b) => number(a) - number(b));
}

function withoutUuid(externalId: string | null): string | null {
  return externalId?.replace(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, '(generated)') ?? null;
}

async function readRows(database: Database, partnerId: string, eventsAfter: number): Promise<Rows> {
  const [row] = await database.$queryRaw<{ rows: Rows }[]>`
    SELECT json_build_object(
      'templates', (SELECT coalesce(json_agg(json_build_object(
        'id', "id", 'status', "status", 'version', "version", 'provisioningId', "provisioningId",
        'values', json_build_array("name", "countryCode", "authenticationMethod", "samlIdpEntityId", "oidcIdpName",
          "pstnProviderId", "restrictAdminInviteEmails", "brandName", "disableCallOnWebex"))), '[]')
        FROM "OnboardingTemplate" WHERE "partnerId" = ${partnerId}::uuid),
      'templateDrafts', (SELECT coalesce(json_agg(json_build_object(
        'id', "id", 'status', "status", 'version', "version", 'saved', "savedSteps", 'currentStep', "currentStep",
        'steps', "steps", 'warnings', "warnings", 'templateId', "templateId",
        'values', json_build_array("name", "countryCode", "authenticationMethod", "samlIdpEntityId", "oidcIdpName",
          "pstnProviderId", "restrictAdminInviteEmails", "brandName", "disableCallOnWebex"))), '[]')
        FROM "TemplateDraft" WHERE "partnerId" = ${partnerId}::uuid),
      'customerDrafts', (SELECT coalesce(json_agg(json_build_object(
        'id', "id", 'status', "status", 'version', "version", 'saved', "savedSteps", 'currentStep', "currentStep",
        'steps', "steps", 'warnings', "warnings", 'templateId', "templateId", 'customerId', "customerId",
        'operationId', "operationId", 'externalId', "externalId", 'packages', "packages",
        'values', json_build_array("adminEmail", "organizationId", "companyName", "headquarters"->>'name',
          "billingAddress"->>'countryCode', "supportedLocationConfirmed"))), '[]')
        FROM "CustomerDraft" WHERE "partnerId" = ${partnerId}::uuid),
      'customers', (SELECT coalesce(json_agg(json_build_object(
        'id', "id", 'status', "status", 'version', "version", 'templateId', "templateId", 'externalId', "externalId",
        'values', json_build_array("companyName", "adminEmail", "origin", "organizationId", "partnerAccess",
          "isPartnerOwnOrganization", "restrictedByPartnerMode", "keepsOwnAuthentication", "brandingSource",
          "dataRegion", "billingCountryCode"),
        'packages', (SELECT coalesce(json_agg(json_build_array("code", package."status", coalesce("limit"::text, 'unlimited'))
          ORDER BY "code"), '[]') FROM "CustomerPackage" package WHERE package."customerId" = customer."id"))), '[]')
        FROM "Customer" customer WHERE "partnerId" = ${partnerId}::uuid),
      'locations', (SELECT coalesce(json_agg(json_build_object('id', location."id", 'customerId', location."customerId",
        'values', json_build_array(location."name", "kind", location."status", "countryCode"))), '[]')
        FROM "Customer" customer JOIN "Location" location ON location."customerId" = customer."id"
        WHERE customer."partnerId" = ${partnerId}::uuid),
      'users', (SELECT coalesce(json_agg(json_build_object('id', person."id", 'customerId', person."customerId",
        'values', json_build_array(person."email", person."package", person."status", coalesce(person."extension", '-'),
          coalesce((SELECT "name" FROM "Location" WHERE "id" = person."locationId"), '-'), person."isCustomerAdmin"))), '[]')
        FROM "Customer" customer JOIN "User" person ON person."customerId" = customer."id"
        WHERE customer."partnerId" = ${partnerId}::uuid),
      'numbers', (SELECT coalesce(json_agg(json_build_object('id', "id", 'customerId', "customerId",
        'values', json_build_array("number", (SELECT "name" FROM "Location" WHERE "id" = "locationId"), "status",
          coalesce((SELECT "email" FROM "User" WHERE "id" = "userId"), '-')))), '[]')
        FROM "PhoneNumber" WHERE "partnerId" = ${partnerId}::uuid),
      'setupDrafts', (SELECT coalesce(json_agg(json_build_object(
        'id', "id", 'status', "status", 'version', "version", 'saved', "savedSteps", 'currentStep', "currentStep",
        'steps', "steps", 'warnings', "warnings", 'customerId', "customerId", 'operationId', "operationId",
        'locations', (SELECT coalesce(json_agg(location->>'name'), '[]') FROM jsonb_array_elements("locations") location),
        'users', (SELECT coalesce(json_agg(json_build_array(draft_user."position",
          draft_user."firstName" || ' ' || draft_user."lastName", draft_user."email", draft_user."package",
          draft_user."locationName", coalesce(draft_user."phoneNumber", '-'), coalesce(draft_user."extension", '-'))
          ORDER BY draft_user."position"), '[]')
          FROM "SetupDraftUser" draft_user WHERE draft_user."draftId" = draft."id"))), '[]')
        FROM "SetupDraft" draft WHERE "partnerId" = ${partnerId}::uuid),
      'operations', (SELECT coalesce(json_agg(json_build_object(
        'id', "id", 'customerId', "customerId", 'kind', "kind", 'status', "status", 'version', "version",
        'consents', (SELECT coalesce(json_agg(consent."status" ORDER BY "requestedAt"), '[]')
          FROM "AttachConsent" consent WHERE consent."customerId" = operation."customerId"
          AND consent."operationId" = operation."id"),
        'steps', (SELECT json_agg(json_build_object('words', json_build_array(step."kind", step."status"),
          'items', (SELECT json_agg(CASE step."kind" WHEN 'OBTAIN_CONSENT' THEN 'the consent' ELSE item."subjectKey" END
            ORDER BY item."position") FROM "OperationItem" item WHERE item."stepId" = step."id")) ORDER BY step."position")
          FROM "OperationStep" step WHERE step."operationId" = operation."id"))), '[]')
        FROM "ProvisioningOperation" operation WHERE "partnerId" = ${partnerId}::uuid),
      'keptAnswers', (SELECT coalesce(json_agg("key"), '[]') FROM "IdempotencyRecord" WHERE "partnerId" = ${partnerId}::uuid),
      'events', (SELECT coalesce(json_agg(json_build_object(
        'position', "position", 'type', "type", 'customerId', "customerId", 'customerVersion', "customerVersion",
        'operationId', "operationId", 'from', "fromStatus", 'to', "toStatus") ORDER BY "position"), '[]')
        FROM "ProvisioningEvent" WHERE "partnerId" = ${partnerId}::uuid AND "position" > ${eventsAfter})
    ) AS "rows"`;
  if (!row) throw new Error('the snapshot did not answer');
  return row.rows;
}
