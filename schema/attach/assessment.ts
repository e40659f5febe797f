// What attaching to an existing organisation would come to, told before anything is done.

import type { AttachAssessment as DomainAssessment } from '../../src/domain/customer/assess-attach.ts';
import { builder } from '../builder.ts';
import { PartnerAccess } from '../customer/customer.ts';
import { openEnum } from '../shared/open-enum.ts';
import { UserErrorCode } from '../shared/user-error-code.ts';
import { ConsentReason } from './consent.ts';
import { OrganizationCandidate } from './organization.ts';

const AttachOutcome = builder.enumType('AttachOutcome', {
  description: openEnum('How an attach would go.'),
  values: {
    AUTO_ATTACH: { description: 'At once, without asking anybody.' },
    CONSENT_REQUIRED: { description: "Only after the organisation's administrator has agreed; see `consentReasons`." },
    REFUSED: { description: 'Not at all; see `refusalCode`.' },
    UNKNOWN: { description: 'The platform does not tell enough: only the attempt will show.' },
  },
});

const AttachEffect = builder.enumType('AttachEffect', {
  description: openEnum('Something that attaching does or leaves alone, worth showing before it is confirmed.'),
  values: {
    ORGANIZATION_NAME_KEPT: { description: 'The organisation keeps its name, whatever company name is typed.' },
    AUTHENTICATION_KEPT: { description: 'Users sign in as before; the authentication of the template does not apply.' },
    SETTINGS_AND_ENTITLEMENTS_KEPT: { description: 'Existing settings and licences stay as they are.' },
    FIRST_USER_NOT_ADMIN: { description: 'The first wholesale user does not become an administrator.' },
    RESTRICTED_MODE_OFF: {
      description: "The customer's administrators can still add users and change packages themselves.",
    },
    PARTNER_BRANDING_PREVAILS: {
      description: "The partner's advanced branding replaces the basic branding that the organisation has.",
    },
    NO_NOTICE_TO_ADMIN_OR_USERS: { description: 'Neither the administrator nor the users are told.' },
    FURTHER_PROVISIONING_BY_API_ONLY: {
      description: "It is the partner's own organisation: wizards cannot be used for it afterwards.",
    },
  },
});

export const AttachAssessment = builder.objectRef<DomainAssessment>('AttachAssessment').implement({
  description: 'What adding wholesale services to an existing organisation would come to, as far as it can be known.',
  fields: (t) => ({
    organization: t.field({
      type: OrganizationCandidate,
      description: 'What it is about, with the facts that were judged.',
      resolve: ({ organization }) => organization,
    }),
    outcome: t.field({ type: AttachOutcome, description: 'How it would go.', resolve: ({ outcome }) => outcome }),
    consentReasons: t.field({
      type: [ConsentReason],
      description: 'Why the administrator would be asked; empty unless that is certain.',
      resolve: ({ consentReasons }) => consentReasons,
    }),
    refusalCode: t.field({
      type: UserErrorCode,
      nullable: true,
      description: 'Why it would be refused; null unless the outcome is REFUSED.',
      resolve: ({ refusalCode }) => refusalCode,
    }),
    resultingAccess: t.field({
      type: PartnerAccess,
      nullable: true,
      description: 'What the partner could do in the organisation afterwards; null where that is not certain.',
      resolve: ({ resultingAccess }) => resultingAccess,
    }),
    effects: t.field({
      type: [AttachEffect],
      description: 'What it would do and leave alone; empty when it would be refused.',
      resolve: ({ effects }) => effects,
    }),
  }),
});
