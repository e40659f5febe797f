// What attaching wholesale services to an existing organisation would come to (domain rules A1 to A13, 2.3). Pure.
// Facts the platform does not tell are null; they matter only where they could change the outcome.

import type { ConsentReason, PartnerAccess } from '../../database/generated/enums.ts';
import type { OrganizationFacts } from '../directory.ts';

export const attachOutcomes = ['AUTO_ATTACH', 'CONSENT_REQUIRED', 'REFUSED', 'UNKNOWN'] as const;
export type AttachOutcome = (typeof attachOutcomes)[number];

export const attachEffects = [
  'ORGANIZATION_NAME_KEPT',
  'AUTHENTICATION_KEPT',
  'SETTINGS_AND_ENTITLEMENTS_KEPT',
  'FIRST_USER_NOT_ADMIN',
  'RESTRICTED_MODE_OFF',
  'PARTNER_BRANDING_PREVAILS',
  'NO_NOTICE_TO_ADMIN_OR_USERS',
  'FURTHER_PROVISIONING_BY_API_ONLY',
] as const;
export type AttachEffect = (typeof attachEffects)[number];

export type AttachRefusalCode = 'TRIAL_ORGANIZATION' | 'ORGANIZATION_ALREADY_WHOLESALE' | 'INVITE_EMAILS_RESTRICTED';

export interface AttachAssessment {
  readonly organization: OrganizationFacts;
  /** UNKNOWN: the platform does not tell enough; only the attempt will show. */
  readonly outcome: AttachOutcome;
  /** Why the organisation's administrator has to agree; empty unless that is certain. */
  readonly consentReasons: readonly ConsentReason[];
  /** Null unless REFUSED. */
  readonly refusalCode: AttachRefusalCode | null;
  /** The right the partner will have once attached; null while that is open. */
  readonly resultingAccess: PartnerAccess | null;
  /** What attaching leaves as it is and what it changes; empty when refused. */
  readonly effects: readonly AttachEffect[];
}

/** The part of a template that bears on attaching. */
interface AttachTemplate {
  readonly restrictAdminInviteEmails: boolean;
}

/** From this many users on, an organisation is asked (A4). */
const consentUserCount = 100;

/** @param template null: none has been chosen yet; it is taken to allow admin invite e-mails. */
export function assessAttach(organization: OrganizationFacts, template: AttachTemplate | null): AttachAssessment {
  if (organization.isTrial) return refusal(organization, 'TRIAL_ORGANIZATION');
  if (organization.isWholesaleCustomer) return refusal(organization, 'ORGANIZATION_ALREADY_WHOLESALE');
  const isConsentNeeded = needsConsent(organization);
  const consentReasons = isConsentNeeded ? reasonsOf(organization) : [];
  if (isConsentNeeded && template?.restrictAdminInviteEmails) {
    return { ...refusal(organization, 'INVITE_EMAILS_RESTRICTED'), consentReasons };
  }
  const outcome = outcomeOf(organization, isConsentNeeded);
  return {
    organization,
    outcome,
    consentReasons,
    refusalCode: null,
    resultingAccess: accessAfter(outcome, organization),
    effects: effectsOf(outcome, organization),
  };
}

function refusal(organization: OrganizationFacts, refusalCode: AttachRefusalCode): AttachAssessment {
  return { organization, outcome: 'REFUSED', consentReasons: [], refusalCode, resultingAccess: null, effects: [] };
}

/** A1: nobody manages it and any one trigger holds. Null: what is not told could decide either way. */
function needsConsent(organization: OrganizationFacts): boolean | null {
  const triggers = triggersOf(organization).map(([, holds]) => holds);
  const isAnyTriggered = triggers.includes(true) ? true : triggers.includes(null) ? null : false;
  if (organization.isManagedByWholesalePartner === true || isAnyTriggered === false) return false;
  return organization.isManagedByWholesalePartner === null ? null : isAnyTriggered;
}

function reasonsOf(organization: OrganizationFacts): ConsentReason[] {
  return triggersOf(organization).flatMap(([reason, holds]) => (holds ? [reason] : []));
}

function triggersOf(organization: OrganizationFacts): (readonly [ConsentReason, boolean | null])[] {
  const { userCount, hasVerifiedDomain, hasClaimedDomain } = organization;
  return [
    ['HUNDRED_OR_MORE_USERS', userCount === null ? null : userCount >= consentUserCount],
    ['VERIFIED_DOMAIN', hasVerifiedDomain],
    ['CLAIMED_DOMAIN', hasClaimedDomain],
  ];
}

function outcomeOf(organization: OrganizationFacts, isConsentNeeded: boolean | null): AttachOutcome {
  const mayBeRefused = organization.isTrial === null || organization.isWholesaleCustomer === null;
  if (mayBeRefused || isConsentNeeded === null) return 'UNKNOWN';
  return isConsentNeeded ? 'CONSENT_REQUIRED' : 'AUTO_ATTACH';
}

/** 2.3: an administrator who agrees grants full access; without asking, licences in use limit it. */
function accessAfter(outcome: AttachOutcome, { licenseState }: OrganizationFacts): PartnerAccess | null {
  if (outcome === 'CONSENT_REQUIRED') return 'FULL_ADMIN';
  if (outcome !== 'AUTO_ATTACH' || licenseState === null) return null;
  return licenseState === 'ACTIVE' ? 'PROVISIONING_ADMIN' : 'FULL_ADMIN';
}

function effectsOf(outcome: AttachOutcome, organization: OrganizationFacts): AttachEffect[] {
  const occurs: Record<AttachEffect, boolean> = {
    ORGANIZATION_NAME_KEPT: true,
    AUTHENTICATION_KEPT: true,
    SETTINGS_AND_ENTITLEMENTS_KEPT: true,
    FIRST_USER_NOT_ADMIN: true,
    RESTRICTED_MODE_OFF: true,
    PARTNER_BRANDING_PREVAILS: organization.hasBasicBranding === true,
    NO_NOTICE_TO_ADMIN_OR_USERS: outcome === 'AUTO_ATTACH',
    FURTHER_PROVISIONING_BY_API_ONLY: organization.isPartnerOwnOrganization === true,
  };
  return attachEffects.filter((effect) => occurs[effect]);
}
