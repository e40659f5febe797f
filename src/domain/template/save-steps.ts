// The template wizard's saves, one a screen: read the form, judge it, store it.

import type { AuthenticationMethod } from '../../database/generated/enums.ts';
import { checkCountry, checkOptionalText, checkText, textLimits } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { DomainContext } from '../context.ts';
import type { DraftReference } from '../draft/lifecycle.ts';
import type { Outcome } from '../outcome.ts';
import type { Viewer } from '../viewer.ts';
import { saveTemplateStep } from './draft.ts';
import type { DraftOutcome } from './draft.ts';
import { judgeAuthentication, judgeCalling, judgePrimarySettings } from './rules.ts';
import { readSamlEntityId } from './saml-metadata.ts';

export interface PrimarySettingsInput extends DraftReference {
  readonly name: string;
  readonly countryCode: string;
  readonly serviceProviderAdminId: string;
  readonly wholesaleSubscriptionId: string;
}

export function savePrimarySettings(
  context: DomainContext,
  viewer: Viewer,
  input: PrimarySettingsInput,
): Promise<Outcome<DraftOutcome>> {
  const problems: Problems = [];
  const values = {
    name: checkText(problems, ['name'], input.name, textLimits.name),
    countryCode: checkCountry(problems, ['countryCode'], input.countryCode)?.code ?? null,
    serviceProviderAdminId: input.serviceProviderAdminId,
    wholesaleSubscriptionId: input.wholesaleSubscriptionId,
  };
  return saveTemplateStep(context, viewer, input, 'PRIMARY_SETTINGS', { values, problems }, judgePrimarySettings);
}

export interface AuthenticationInput extends DraftReference {
  readonly method: AuthenticationMethod;
  readonly samlIdpEntityId?: string | null | undefined;
  readonly samlMetadataXml?: string | null | undefined;
  readonly oidcIdpName?: string | null | undefined;
}

export function saveAuthentication(
  context: DomainContext,
  viewer: Viewer,
  input: AuthenticationInput,
): Promise<Outcome<DraftOutcome>> {
  const problems: Problems = [];
  const typedEntityId = checkOptionalText(problems, ['samlIdpEntityId'], input.samlIdpEntityId, textLimits.identifier);
  const values = {
    authenticationMethod: input.method,
    samlIdpEntityId: input.samlMetadataXml
      ? readSamlEntityId(problems, input.samlMetadataXml, typedEntityId)
      : typedEntityId,
    oidcIdpName: checkOptionalText(problems, ['oidcIdpName'], input.oidcIdpName, textLimits.identifier),
  };
  // What could not be read is told as such, not as missing.
  const judge = problems.length > 0 ? () => [] : judgeAuthentication;
  return saveTemplateStep(context, viewer, input, 'AUTHENTICATION', { values, problems }, judge);
}

export interface CallingInput extends DraftReference {
  readonly pstnProviderId?: string | null | undefined;
}

export function saveCalling(
  context: DomainContext,
  viewer: Viewer,
  input: CallingInput,
): Promise<Outcome<DraftOutcome>> {
  const values = { pstnProviderId: input.pstnProviderId ?? null };
  return saveTemplateStep(context, viewer, input, 'CALLING', { values, problems: [] }, judgeCalling);
}

export interface CommonSettingsInput extends DraftReference {
  readonly restrictAdminInviteEmails?: boolean | null | undefined;
  readonly brandName?: string | null | undefined;
  readonly disableCallOnWebex?: boolean | null | undefined;
}

export function saveCommonSettings(
  context: DomainContext,
  viewer: Viewer,
  input: CommonSettingsInput,
): Promise<Outcome<DraftOutcome>> {
  const problems: Problems = [];
  const values = {
    restrictAdminInviteEmails: input.restrictAdminInviteEmails ?? false,
    brandName: checkOptionalText(problems, ['brandName'], input.brandName, textLimits.name),
    disableCallOnWebex: input.disableCallOnWebex ?? false,
  };
  return saveTemplateStep(context, viewer, input, 'COMMON_SETTINGS', { values, problems }, () => []);
}
