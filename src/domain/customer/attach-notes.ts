// What an attach assessment means to the person at the form: a refusal, or warnings. Pure.

import { excerpt } from '../checks.ts';
import type { Warning } from '../draft/lifecycle.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';
import type { AttachAssessment, AttachRefusalCode } from './assess-attach.ts';

const refusalMessages: Record<AttachRefusalCode, string> = {
  TRIAL_ORGANIZATION: 'A trial organisation cannot be converted to a wholesale customer.',
  ORGANIZATION_ALREADY_WHOLESALE: 'The organisation is a wholesale customer already.',
  INVITE_EMAILS_RESTRICTED:
    "Attaching this organisation needs its administrator's consent, and the template restricts the mail that asks for it; choose a template that allows admin invite e-mails.",
};

export function attachRefusal(code: AttachRefusalCode, path: readonly string[]): Problem {
  return problem(code, path, refusalMessages[code]);
}

/** Where the form asks for the organisation and for the company's name. */
interface AttachPaths {
  readonly organization: readonly string[];
  readonly companyName: readonly string[];
}

/** @param companyName as typed; null: none was. */
export function attachWarnings(
  assessment: AttachAssessment,
  companyName: string | null,
  paths: AttachPaths,
): Warning[] {
  const { organization, outcome, consentReasons } = assessment;
  const warnings: Warning[] = [];
  if (outcome === 'CONSENT_REQUIRED') {
    warnings.push({
      code: 'CONSENT_WILL_BE_REQUIRED',
      message: `The organisation's administrator has to agree before anything is provisioned (${consentReasons.join(', ')}).`,
      path: [...paths.organization],
    });
  }
  if (companyName !== null && companyName !== organization.name) {
    warnings.push({
      code: 'COMPANY_NAME_NOT_APPLIED',
      message: `An organisation that is attached keeps its name${organization.name ? `, "${excerpt(organization.name)}"` : ''}.`,
      path: [...paths.companyName],
    });
  }
  if (organization.isPartnerOwnOrganization) {
    warnings.push({
      code: 'API_ONLY_AFTER_ATTACH',
      message: "This is the partner's own organisation: once attached, it is provisioned without wizards only.",
      path: [...paths.organization],
    });
  }
  return warnings;
}
