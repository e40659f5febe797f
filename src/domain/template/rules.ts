// What makes an onboarding template right (domain rules T1 to T8). Pure: facts are arguments.

import type { AuthenticationMethod } from '../../database/generated/enums.ts';
import { findCountry } from '../catalogue/countries.ts';
import { findPstnProvider } from '../catalogue/pstn-providers.ts';
import type { Warning } from '../draft/lifecycle.ts';
import type { StepJudges } from '../draft/steps.ts';
import { problem } from '../problem.ts';
import type { Problem } from '../problem.ts';

export interface TemplateValues {
  readonly name: string | null;
  readonly countryCode: string | null;
  readonly serviceProviderAdminId: string | null;
  readonly wholesaleSubscriptionId: string | null;
  readonly authenticationMethod: AuthenticationMethod | null;
  readonly samlIdpEntityId: string | null;
  readonly oidcIdpName: string | null;
  readonly pstnProviderId: string | null;
  readonly restrictAdminInviteEmails: boolean;
  readonly brandName: string | null;
  readonly disableCallOnWebex: boolean;
}

/** What only the database knows. */
export interface TemplateFacts {
  readonly isNameTaken: boolean;
  readonly isAdminKnown: boolean;
  readonly isSubscriptionKnown: boolean;
}

export const templateSteps = ['PRIMARY_SETTINGS', 'AUTHENTICATION', 'CALLING', 'COMMON_SETTINGS'] as const;

export function templateJudges(values: TemplateValues, facts: TemplateFacts): StepJudges {
  return [
    ['PRIMARY_SETTINGS', () => judgePrimarySettings(values, facts)],
    ['AUTHENTICATION', () => judgeAuthentication(values)],
    ['CALLING', () => judgeCalling(values)],
    ['COMMON_SETTINGS', () => []],
  ];
}

export function judgePrimarySettings(values: TemplateValues, facts: TemplateFacts): Problem[] {
  const problems: Problem[] = [];
  if (facts.isNameTaken) {
    problems.push(
      problem('NAME_TAKEN', ['name'], `Another template is called "${values.name}" already; choose a different name.`),
    );
  }
  if (!facts.isAdminKnown) {
    problems.push(
      problem(
        'NOT_FOUND',
        ['serviceProviderAdminId'],
        'There is no such service provider admin; see Partner.serviceProviderAdmins.',
      ),
    );
  }
  if (!facts.isSubscriptionKnown) {
    problems.push(
      problem(
        'NOT_FOUND',
        ['wholesaleSubscriptionId'],
        'There is no such wholesale subscription; see Partner.wholesaleSubscriptions.',
      ),
    );
  }
  return problems;
}

export function judgeAuthentication(values: TemplateValues): Problem[] {
  const { authenticationMethod: method, samlIdpEntityId, oidcIdpName } = values;
  const problems: Problem[] = [];
  if (method === 'PARTNER_SAML' && !samlIdpEntityId) {
    problems.push(
      problem(
        'IDP_ENTITY_ID_REQUIRED',
        ['samlIdpEntityId'],
        "SAML needs the EntityID from the identity provider's metadata.",
      ),
    );
  }
  if (method === 'PARTNER_OIDC' && !oidcIdpName) {
    problems.push(
      problem('OIDC_IDP_NAME_REQUIRED', ['oidcIdpName'], 'OpenID Connect needs the IDP name agreed with Cisco TAC.'),
    );
  }
  if (method !== 'PARTNER_SAML' && samlIdpEntityId) {
    problems.push(
      problem(
        'IDP_FIELD_NOT_ALLOWED',
        ['samlIdpEntityId'],
        `A SAML entity ID belongs to PARTNER_SAML only; the method is ${method}.`,
      ),
    );
  }
  if (method !== 'PARTNER_OIDC' && oidcIdpName) {
    problems.push(
      problem(
        'IDP_FIELD_NOT_ALLOWED',
        ['oidcIdpName'],
        `An OpenID Connect IDP name belongs to PARTNER_OIDC only; the method is ${method}.`,
      ),
    );
  }
  return problems;
}

export function judgeCalling({ pstnProviderId, countryCode }: TemplateValues): Problem[] {
  if (pstnProviderId === null) return [];
  const provider = findPstnProvider(pstnProviderId);
  if (!provider) {
    return [problem('NOT_FOUND', ['pstnProviderId'], 'There is no such PSTN provider; see Query.pstnProviders.')];
  }
  if (countryCode !== null && !provider.countryCodes.includes(countryCode)) {
    const country = findCountry(countryCode)?.name ?? countryCode;
    return [problem('INVALID_VALUE', ['pstnProviderId'], `${provider.name} does not serve ${country}.`)];
  }
  return [];
}

/** T5: naming a PSTN provider is allowed and discouraged. */
export function templateWarnings(values: TemplateValues): Warning[] {
  if (values.pstnProviderId === null) return [];
  return [
    {
      code: 'PSTN_PROVIDER_NOT_RECOMMENDED',
      message: 'Cisco advises against choosing a PSTN provider in a template: customers cannot get another one later.',
      path: ['pstnProviderId'],
    },
  ];
}
