// Arbitrary commands about onboarding templates, and the wizard from its first screen to its last.

import fc from 'fast-check';
import type { Command } from '../commands.ts';
import * as vocabulary from '../vocabulary.ts';
import { anyRef, mostly, perhaps, ref, staleBy, word } from './words.ts';

const start = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Command>({ kind: 'startTemplateDraft', edit: null, copy: null }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('startTemplateDraft' as const), edit: anyRef, copy: fc.constant(null) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('startTemplateDraft' as const), edit: fc.constant(null), copy: anyRef }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('startTemplateDraft' as const), edit: anyRef, copy: anyRef }),
  },
);

const primary = fc.record({
  kind: fc.constant('savePrimarySettings' as const),
  draft: ref,
  staleBy,
  name: word(vocabulary.templateNames),
  countryCode: word(vocabulary.countryCodes),
  isAdminKnown: mostly(true, false),
  isSubscriptionKnown: mostly(true, false),
});

const identityProviders = fc.oneof(
  fc.constant({ method: 'WEBEX' as const, samlIdpEntityId: null, oidcIdpName: null }),
  fc.record({
    method: fc.constant('PARTNER_SAML' as const),
    samlIdpEntityId: word(vocabulary.entityIds),
    oidcIdpName: mostly<string | null>(null, 'tac-name'),
  }),
  fc.record({
    method: fc.constant('PARTNER_OIDC' as const),
    samlIdpEntityId: mostly<string | null>(null, 'https://idp.example'),
    oidcIdpName: word(vocabulary.entityIds),
  }),
  fc.record({
    method: fc.constantFrom('WEBEX' as const, 'PARTNER_SAML' as const, 'PARTNER_OIDC' as const),
    samlIdpEntityId: perhaps(word(vocabulary.entityIds)),
    oidcIdpName: perhaps(word(vocabulary.entityIds)),
  }),
);

const authentication = fc
  .tuple(ref, staleBy, identityProviders)
  .map(([draft, stale, given]): Command => ({ kind: 'saveAuthentication', draft, staleBy: stale, ...given }));

const calling = fc.record({
  kind: fc.constant('saveCalling' as const),
  draft: ref,
  staleBy,
  pstnProviderId: word(vocabulary.pstnProviderIds),
});

const common = fc.record({
  kind: fc.constant('saveCommonSettings' as const),
  draft: ref,
  staleBy,
  restrictAdminInviteEmails: fc.boolean(),
  brandName: word(vocabulary.brandNames),
  disableCallOnWebex: fc.boolean(),
});

const submit = fc.record({
  kind: fc.constant('submitTemplateDraft' as const),
  draft: ref,
  staleBy,
  isPlatformAway: fc.boolean(),
});

export const templateCommand: fc.Arbitrary<Command> = fc.oneof<fc.Arbitrary<Command>[]>(
  start,
  primary,
  authentication,
  calling,
  common,
  submit,
  fc.record({ kind: fc.constant('discardTemplateDraft' as const), draft: ref }),
  fc.record({ kind: fc.constant('archiveTemplate' as const), template: anyRef }),
  fc.record({
    kind: fc.constant('linkProvisioningId' as const),
    template: anyRef,
    provisioningId: word(vocabulary.provisioningIds),
  }),
);

export const templateWizard: fc.Arbitrary<readonly Command[]> = fc.tuple<Command[]>(
  start,
  primary,
  authentication,
  calling,
  common,
  submit,
);
