// What the reference model says can be read back. real/snapshot.ts reads the same from the database.

import type { PackageCode } from '../../../src/database/generated/enums.ts';
import { catalogueOrder } from './facts.ts';
import type { Draft, Model } from './state.ts';

/** Lists of rows by table, each row as plain values: names instead of ids, nothing that only the clock decides. */
export type Snapshot = Readonly<Record<string, readonly unknown[]>>;

const uuid = /^generated-\d+$/;

/** @param eventsAfter Events up to this position were compared before. */
export function snapshotOf(model: Model, eventsAfter: number): Snapshot {
  return {
    templates: model.templates.map((template, index) => ({
      name: `Template#${index}`,
      status: template.status,
      version: template.version,
      provisioningId: template.provisioningId,
      values: [
        template.name,
        template.countryCode,
        template.method,
        template.samlIdpEntityId,
        template.oidcIdpName,
        template.pstnProviderId,
        template.restrictAdminInviteEmails,
        template.brandName,
        template.disableCallOnWebex,
      ],
    })),
    templateDrafts: model.templateDrafts.map((draft, index) => ({
      name: `TemplateDraft#${index}`,
      ...draftColumns(draft),
      template: reference('Template', draft.template),
      values: [
        draft.values.name,
        draft.values.countryCode,
        draft.values.method,
        draft.values.samlIdpEntityId,
        draft.values.oidcIdpName,
        draft.values.pstnProviderId,
        draft.values.restrictAdminInviteEmails,
        draft.values.brandName,
        draft.values.disableCallOnWebex,
      ],
    })),
    customerDrafts: model.customerDrafts.map((draft, index) => ({
      name: `CustomerDraft#${index}`,
      ...draftColumns(draft),
      values: [
        draft.values.adminEmail,
        draft.values.organizationId,
        draft.values.companyName,
        draft.values.externalId?.replace(uuid, '(generated)') ?? null,
        reference('Template', draft.values.template),
        draft.values.headquarters?.name ?? null,
        draft.values.billing?.countryCode ?? null,
        draft.values.isConfirmed,
      ],
      packages: draft.values.packages.map(({ package: code, limit }) => `${code} ${limit ?? 'unlimited'}`),
      customer: reference('Customer', draft.customer),
      operation: reference('Operation', draft.operation),
    })),
    customers: model.customers.map((customer, index) => ({
      name: `Customer#${index}`,
      status: customer.status,
      version: customer.version,
      template: reference('Template', customer.template),
      values: [
        customer.companyName,
        customer.adminEmail,
        customer.externalId.replace(uuid, '(generated)'),
        customer.origin,
        customer.organizationId,
        customer.partnerAccess,
        customer.isPartnerOwnOrganization,
        customer.restrictedByPartnerMode,
        customer.keepsOwnAuthentication,
        customer.brandingSource,
        customer.region,
        customer.billingCountryCode,
      ],
      packages: [...customer.packages]
        .sort(([a], [b]) => catalogueOrder(a) - catalogueOrder(b))
        .map(([code, { status, limit }]: [PackageCode, { status: string; limit: number | null }]) =>
          [code, status, limit ?? 'unlimited'].join(' '),
        ),
    })),
    locations: model.locations
      .map(({ customer, name, kind, status, countryCode }) => [customer, name, kind, status, countryCode].join(' '))
      .sort(),
    users: model.users
      .filter(({ isGone }) => !isGone)
      .map((user) =>
        [
          user.customer,
          user.email,
          user.package,
          user.status,
          user.extension ?? '-',
          user.location ?? '-',
          user.isCustomerAdmin,
        ].join(' '),
      )
      .sort(),
    numbers: model.numbers
      .map(({ customer, number, location, status, user }) =>
        [customer, number, location, status, user ?? '-'].join(' '),
      )
      .sort(),
    setupDrafts: model.setupDrafts.map((draft, index) => ({
      name: `SetupDraft#${index}`,
      ...draftColumns(draft),
      customer: `Customer#${draft.customer}`,
      operation: reference('Operation', draft.operation),
      locations: draft.locations.map(({ name }) => name),
      users: draft.users.map((user) =>
        [
          user.position,
          user.names,
          user.email,
          user.package,
          user.location,
          user.phoneNumber ?? '-',
          user.extension ?? '-',
        ].join(' '),
      ),
    })),
    operations: model.operations.map(({ customer, kind, status, version, steps, consent }, index) => ({
      name: `Operation#${index}`,
      customer: `Customer#${customer}`,
      kind,
      status,
      version,
      consents: consent === null ? [] : [consent],
      steps: steps.map((step) => [step.kind, step.status, ...step.items].join(' ')),
    })),
    keptAnswers: [...model.kept.keys()].sort(),
    events: model.events
      .slice(eventsAfter)
      .map(({ position, type, customer, customerVersion, operation, from, to }) => ({
        position,
        type,
        customer: reference('Customer', customer),
        customerVersion,
        operation: reference('Operation', operation),
        arrow: `${from ?? ''} -> ${to ?? ''}`,
      })),
  };
}

function draftColumns({ version, status, saved, steps, currentStep, warnings }: Draft) {
  return { version, status, saved, currentStep, steps, warnings };
}

function reference(noun: string, index: number | null): string | null {
  return index === null ? null : `${noun}#${index}`;
}
