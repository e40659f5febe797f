// What makes a customer draft right, step by step (domain rules C1 to C7, A1 to A13). Pure: facts are arguments.

import type { TemplateStatus } from '../../database/generated/enums.ts';
import type { Address, LocationDetails } from '../address.ts';
import { excerpt } from '../checks.ts';
import type { OrganizationFacts } from '../directory.ts';
import type { Warning } from '../draft/lifecycle.ts';
import type { StepJudges } from '../draft/steps.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import { assessAttach } from './assess-attach.ts';
import type { AttachAssessment } from './assess-attach.ts';
import { attachRefusal, attachWarnings } from './attach-notes.ts';
import { judgeHeadquartersAddress, judgePackages } from './package-rules.ts';
import type { PackageSelection } from './package-rules.ts';

export interface CustomerValues {
  readonly adminEmail: string;
  readonly organizationCandidates: readonly OrganizationFacts[];
  /** One of the candidates; null: a new organisation. */
  readonly organizationId: string | null;
  readonly companyName: string | null;
  readonly externalId: string | null;
  readonly language: string | null;
  readonly templateId: string | null;
  /** Null: the partner itself sells to it. */
  readonly subPartnerId: string | null;
  readonly packages: readonly PackageSelection[];
  readonly headquarters: LocationDetails | null;
  readonly billingAddress: Address | null;
  readonly supportedLocationConfirmed: boolean;
}

/** The part of a template that decides about its customers. */
export interface CustomerTemplate {
  readonly id: string;
  readonly name: string;
  readonly status: TemplateStatus;
  readonly restrictAdminInviteEmails: boolean;
  readonly brandName: string | null;
}

/** What only the database knows. */
export interface CustomerFacts {
  /** What is wrong with the sub-partner that is named. */
  readonly subPartnerProblems: readonly Problem[];
  readonly template: CustomerTemplate | null;
  readonly isExternalIdTaken: boolean;
  /** A customer of the partner has the organisation, or is about to. */
  readonly isOrganizationTaken: boolean;
}

export const customerSteps = ['ORGANIZATION', 'INFORMATION', 'PACKAGES', 'HEADQUARTERS'] as const;
export type CustomerStep = (typeof customerSteps)[number];

export function customerJudges(values: CustomerValues, facts: CustomerFacts): StepJudges {
  return [
    ['ORGANIZATION', () => judgeOrganization(values, facts)],
    ['INFORMATION', () => judgeInformation(values, facts)],
    ['PACKAGES', () => judgePackages(values.packages)],
    ['HEADQUARTERS', () => judgeHeadquarters(values)],
  ];
}

export function judgeOrganization(values: CustomerValues, facts: CustomerFacts): Problem[] {
  if (values.organizationId === null) return [];
  const path = ['organizationId'];
  const organization = chosenOrganization(values);
  if (!organization) {
    const message = `"${excerpt(values.organizationId)}" is none of the draft's organizationCandidates.`;
    return [problem('ORGANIZATION_NOT_FOUND', path, message)];
  }
  return judgeAttach(organization, facts.isOrganizationTaken, path);
}

/** Whether an organisation can be attached at all, whatever the template. */
export function judgeAttach(organization: OrganizationFacts, isTaken: boolean, path: readonly string[]): Problem[] {
  const { refusalCode } = assessAttach(organization, null);
  if (refusalCode) return [attachRefusal(refusalCode, path)];
  return isTaken ? [attachRefusal('ORGANIZATION_ALREADY_WHOLESALE', path)] : [];
}

export function judgeInformation(values: CustomerValues, facts: CustomerFacts): Problem[] {
  return [
    ...facts.subPartnerProblems,
    ...judgeTemplate(facts.template, ['templateId']),
    ...judgeInviteEmails(draftAssessment(values, facts.template), ['templateId']),
    ...(facts.isExternalIdTaken ? [externalIdTaken(values.externalId, ['externalId'])] : []),
  ];
}

export function judgeHeadquarters(values: CustomerValues): Problem[] {
  const { headquarters, packages, supportedLocationConfirmed } = values;
  return [
    ...(headquarters ? judgeHeadquartersAddress(packages, headquarters, ['location', 'address']) : []),
    ...(supportedLocationConfirmed
      ? []
      : [
          problem(
            'SUPPORTED_LOCATION_NOT_CONFIRMED',
            ['supportedLocationConfirmed'],
            'Verify that this customer is in a Cisco Webex supported location and confirm it.',
          ),
        ]),
  ];
}

export function judgeTemplate(template: CustomerTemplate | null, path: readonly string[]): Problem[] {
  if (!template) return [problem('NOT_FOUND', path, 'There is no such template; see Query.templates.')];
  if (template.status !== 'ARCHIVED') return [];
  return [problem('TEMPLATE_ARCHIVED', path, `The template "${template.name}" is archived; choose another.`)];
}

/** A5: where consent is needed, the template must let the mail through that asks for it. */
export function judgeInviteEmails(assessment: AttachAssessment | null, path: readonly string[]): Problem[] {
  return assessment?.refusalCode === 'INVITE_EMAILS_RESTRICTED' ? [attachRefusal(assessment.refusalCode, path)] : [];
}

export function externalIdTaken(externalId: string | null, path: readonly string[]): Problem {
  const message = `Another customer has the external id "${excerpt(externalId ?? '')}" already; choose a different one.`;
  return problem('EXTERNAL_ID_TAKEN', path, message);
}

/** Null: the draft is for a new organisation. */
export function draftAssessment(values: CustomerValues, template: CustomerTemplate | null): AttachAssessment | null {
  const organization = chosenOrganization(values);
  return organization && assessAttach(organization, template);
}

export function customerWarnings(values: CustomerValues, { template }: CustomerFacts): Warning[] {
  const assessment = draftAssessment(values, template);
  if (!assessment) return [];
  return attachWarnings(assessment, values.companyName, {
    organization: ['organizationId'],
    companyName: ['companyName'],
  });
}

export function chosenOrganization(
  values: Pick<CustomerValues, 'organizationCandidates' | 'organizationId'>,
): OrganizationFacts | null {
  return values.organizationCandidates.find(({ organizationId }) => organizationId === values.organizationId) ?? null;
}
