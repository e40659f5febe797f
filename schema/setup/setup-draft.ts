// The set-up wizard's draft.

import type { Prisma } from '../../src/database/generated/client.ts';
import { packageOfferings } from '../../src/domain/catalogue/packages.ts';
import { loadSetupSummaries } from '../../src/domain/setup/summary.ts';
import type { SetupSummary as DomainSummary } from '../../src/domain/setup/summary.ts';
import { parseSetupLocations } from '../../src/domain/setup/values.ts';
import { lacksNumber } from '../../src/domain/user/number-rules.ts';
import { builder } from '../builder.ts';
import { PackageOffering } from '../catalogue/package-offering.ts';
import { viewerOf } from '../context.ts';
import type { RequestContext } from '../context.ts';
import { DraftLocation } from '../shared/address.ts';
import { rowsOf, totalCountDescription } from '../shared/connection.ts';
import { fieldLoaders } from '../shared/field-loader.ts';
import { draftDescription, payloadType } from '../shared/payload.ts';
import { draftColumns, WizardDraft } from '../shared/wizard-draft.ts';

const SetupSummary = builder.objectRef<DomainSummary>('SetupSummary').implement({
  description: 'What submitting the draft would create, in figures.',
  fields: (t) => ({
    newLocations: t.exposeInt('newLocations', { description: 'Locations that the customer does not have yet.' }),
    newUsers: t.exposeInt('newUsers', { description: 'People in the draft.' }),
    usersNeedingNumbers: t.exposeInt('usersNeedingNumbers', {
      description: 'People with a calling package that have neither a phone number nor an extension so far.',
    }),
    usersWithNumbers: t.exposeInt('usersWithNumbers', {
      description: 'People with a phone number, an extension, or both.',
    }),
  }),
});

export const DraftUser = builder.prismaObject('SetupDraftUser', {
  name: 'DraftUser',
  description: 'A person as the set-up wizard holds one; it becomes a User when the draft is submitted.',
  select: { position: true },
  fields: (t) => ({
    key: t.string({
      description:
        'Names the person within the draft: the number that paths of issues use, as in ["users", "3", "email"].',
      resolve: ({ position }) => String(position),
    }),
    firstName: t.exposeString('firstName', { description: 'Given name.' }),
    lastName: t.exposeString('lastName', { description: 'Family name.' }),
    email: t.exposeString('email', { description: 'In lower case; unique in the draft.' }),
    package: t.field({
      type: PackageOffering,
      description: 'What the person will be able to use.',
      select: { package: true },
      resolve: (user) => packageOfferings[user.package],
    }),
    locationName: t.exposeString('locationName', {
      description: 'A location of the customer, or one that the draft adds.',
    }),
    phoneNumber: t.exposeString('phoneNumber', {
      nullable: true,
      description: 'In E.164 form; null when none was given.',
    }),
    extension: t.exposeString('extension', { nullable: true, description: 'Short number; null when none was given.' }),
    needsPhoneNumber: t.boolean({
      description: 'True: the package includes calling, and there is neither a phone number nor an extension so far.',
      select: { package: true, phoneNumber: true, extension: true },
      resolve: (user) => lacksNumber(user),
    }),
  }),
});

export const DraftUserConnection = builder.connectionObject(
  {
    type: DraftUser,
    name: 'DraftUserConnection',
    description: 'A page of the people in a draft.',
    extensions: rowsOf('DraftUser'),
    fields: (t) => ({
      totalCount: t.int({ description: totalCountDescription, resolve: ({ totalCount }) => totalCount() }),
    }),
  },
  { name: 'DraftUserEdge', description: 'A person in a draft, and the place in the list.' },
);

const summaries = fieldLoaders<string, DomainSummary>();
const empty: DomainSummary = { newLocations: 0, newUsers: 0, usersNeedingNumbers: 0, usersWithNumbers: 0 };

export const SetupDraft = builder.prismaNode('SetupDraft', {
  description:
    'What is being collected in the set-up wizard for a provisioned customer: locations, users, phone numbers. Submitting creates all of it in one operation.',
  interfaces: [WizardDraft],
  id: { field: 'id' },
  findUnique: (id, context) => ({ id, partnerId: viewerOf(context).partnerId }),
  nullable: true,
  select: draftColumns,
  fields: (t) => ({
    customer: t.relation('customer', { description: 'Who is being set up.' }),
    locations: t.field({
      type: [DraftLocation],
      description: 'Locations to add to those that the customer has.',
      select: { locations: true },
      resolve: ({ locations }) => parseSetupLocations(locations),
    }),
    summary: t.field({
      type: SetupSummary,
      description: 'What there is in the draft, in figures.',
      resolve: ({ id }, _args, context, info) =>
        summaries(context, info, async (draftIds) => {
          const byDraft = await loadSetupSummaries(context.domain.database, draftIds);
          return (draftId) => byDraft.get(draftId) ?? empty;
        }).load(id),
    }),
    operation: t.relation('operation', {
      nullable: true,
      description: 'The work that submitting set going; null until then.',
    }),
  }),
});

/** For the mutations that save a screen. */
export function setupDraftPayload(name: string, description: string) {
  return payloadType<{ readonly draftId: string }>(name, description, (t) => ({
    draft: t.prismaField({
      type: SetupDraft,
      nullable: true,
      description: draftDescription,
      resolve: (query, { value }, _args, context) => findSetupDraft(context, query, value?.draftId),
    }),
  }));
}

/** The partner's own, with the selection folded in; null also for no id. */
export function findSetupDraft(
  context: RequestContext,
  query: Pick<Prisma.SetupDraftFindFirstArgs, 'select' | 'include'>,
  id: string | null | undefined,
) {
  if (!id) return null;
  return context.domain.database.setupDraft.findFirst({
    ...query,
    where: { id, partnerId: viewerOf(context).partnerId },
  });
}
