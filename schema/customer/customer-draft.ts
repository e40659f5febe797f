// The customer wizard's draft.

import type { Prisma } from '../../src/database/generated/client.ts';
import { packageOfferings } from '../../src/domain/catalogue/packages.ts';
import { assessAttach } from '../../src/domain/customer/assess-attach.ts';
import type { PackageSelection } from '../../src/domain/customer/package-rules.ts';
import {
  parseBillingAddress,
  parseCandidates,
  parseHeadquarters,
  parsePackages,
} from '../../src/domain/customer/stored-values.ts';
import { AttachAssessment } from '../attach/assessment.ts';
import { OrganizationCandidate } from '../attach/organization.ts';
import { builder } from '../builder.ts';
import { PackageOffering } from '../catalogue/package-offering.ts';
import { viewerOf } from '../context.ts';
import type { RequestContext } from '../context.ts';
import { Address, DraftLocation } from '../shared/address.ts';
import { draftDescription, payloadType } from '../shared/payload.ts';
import { draftColumns, WizardDraft } from '../shared/wizard-draft.ts';

const DraftPackage = builder.objectRef<PackageSelection>('DraftPackage').implement({
  description: 'A package that the customer will have.',
  fields: (t) => ({
    offering: t.field({
      type: PackageOffering,
      description: 'Which package, and what comes with it.',
      resolve: (selection) => packageOfferings[selection.package],
    }),
    limit: t.exposeInt('limit', { nullable: true, description: 'How many users may have it at most; null: no limit.' }),
  }),
});

export const CustomerDraft = builder.prismaNode('CustomerDraft', {
  description:
    'A customer being made in the customer wizard: with a new organisation, or by attaching to an existing one. Values are null until their screen was saved; submitting turns them into a Customer.',
  interfaces: [WizardDraft],
  id: { field: 'id' },
  findUnique: (id, context) => ({ id, partnerId: viewerOf(context).partnerId }),
  nullable: true,
  select: draftColumns,
  fields: (t) => ({
    adminEmail: t.exposeString('adminEmail', {
      description: "Of the customer's administrator; the wizard begins with it.",
    }),
    organizationCandidates: t.field({
      type: [OrganizationCandidate],
      description:
        'Organisations that this administrator has already, the most likely first, as they were when the wizard was started.',
      select: { organizationCandidates: true },
      resolve: ({ organizationCandidates }) => parseCandidates(organizationCandidates),
    }),
    organization: t.field({
      type: OrganizationCandidate,
      nullable: true,
      description: 'The organisation to attach to; null for a new one, and until the choice is made.',
      select: { organizationCandidates: true, organizationId: true },
      resolve: (draft) => chosen(draft),
    }),
    attachAssessment: t.field({
      type: AttachAssessment,
      nullable: true,
      description:
        'What attaching to the chosen organisation would come to; null for a new one, and until the choice is made.',
      select: {
        organizationCandidates: true,
        organizationId: true,
        template: { select: { restrictAdminInviteEmails: true } },
      },
      resolve: (draft) => {
        const organization = chosen(draft);
        return organization && assessAttach(organization, draft.template);
      },
    }),
    companyName: t.exposeString('companyName', { nullable: true, description: 'Of the customer to be.' }),
    externalId: t.exposeString('externalId', { nullable: true, description: 'Your own key for the customer to be.' }),
    language: t.exposeString('language', {
      nullable: true,
      description: "Of mails to the customer; null: the platform's default.",
    }),
    subPartner: t.relation('subPartner', {
      nullable: true,
      description:
        'The reseller on whose behalf the customer will be provisioned; null: the partner itself sells to it.',
    }),
    template: t.relation('template', { nullable: true, description: 'What the customer will be created with.' }),
    packages: t.field({
      type: [DraftPackage],
      description: 'What the customer will have; empty until that screen was saved.',
      select: { packages: true },
      resolve: ({ packages }) => parsePackages(packages),
    }),
    headquarters: t.field({
      type: DraftLocation,
      nullable: true,
      description: 'Its first location.',
      select: { headquarters: true },
      resolve: ({ headquarters }) => parseHeadquarters(headquarters),
    }),
    billingAddress: t.field({
      type: Address,
      nullable: true,
      description: "Where bills will go; the headquarters' address unless another was typed.",
      select: { billingAddress: true },
      resolve: ({ billingAddress }) => parseBillingAddress(billingAddress),
    }),
    supportedLocationConfirmed: t.exposeBoolean('supportedLocationConfirmed', {
      description: 'Whether somebody has confirmed that the headquarters lies where Webex is supported.',
    }),
    customer: t.relation('customer', {
      nullable: true,
      description: 'What came of the draft; null until it is submitted.',
    }),
    operation: t.relation('operation', {
      nullable: true,
      description: 'The provisioning that submitting set going; null until then.',
    }),
  }),
});

function chosen(draft: { readonly organizationCandidates: unknown; readonly organizationId: string | null }) {
  if (draft.organizationId === null) return null;
  const candidates = parseCandidates(draft.organizationCandidates);
  return candidates.find(({ organizationId }) => organizationId === draft.organizationId) ?? null;
}

/** For the mutations that save a screen. */
export function customerDraftPayload(name: string, description: string) {
  return payloadType<{ readonly draftId: string }>(name, description, (t) => ({
    draft: t.prismaField({
      type: CustomerDraft,
      nullable: true,
      description: draftDescription,
      resolve: (query, { value }, _args, context) => findCustomerDraft(context, query, value?.draftId),
    }),
  }));
}

/** The partner's own, with the selection folded in; null also for no id. */
export function findCustomerDraft(
  context: RequestContext,
  query: Pick<Prisma.CustomerDraftFindFirstArgs, 'select' | 'include'>,
  id: string | null | undefined,
) {
  if (!id) return null;
  return context.domain.database.customerDraft.findFirst({
    ...query,
    where: { id, partnerId: viewerOf(context).partnerId },
  });
}
