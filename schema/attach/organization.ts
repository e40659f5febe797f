// Webex organisations that exist already and could be attached to.

import type { OrganizationFacts } from '../../src/domain/directory.ts';
import { builder } from '../builder.ts';
import { openEnum } from '../shared/open-enum.ts';

const LicenseState = builder.enumType('LicenseState', {
  description: openEnum('What licences an organisation has; they decide which right the partner gets by attaching.'),
  values: {
    NONE: { description: 'No licences at all.' },
    ONLY_SUSPENDED_OR_CANCELLED: { description: 'Licences, but none that is in force.' },
    ACTIVE: { description: 'At least one licence in force.' },
  },
});

export const OrganizationCandidate = builder.objectRef<OrganizationFacts>('OrganizationCandidate').implement({
  description:
    'An existing Webex organisation that wholesale services could be added to. Every fact that is null is one the platform does not tell.',
  fields: (t) => ({
    organizationId: t.exposeString('organizationId', {
      description: "The platform's id, as Control Hub shows it under Account.",
    }),
    name: t.exposeString('name', {
      description:
        'As the organisation is called; empty where the platform does not tell. Attaching does not change it.',
    }),
    isSuggested: t.exposeBoolean('isSuggested', {
      description: 'True for the one that the platform takes for the most likely.',
    }),
    userCount: t.exposeInt('userCount', {
      nullable: true,
      description: 'How many people it has. From 100 on, consent is needed.',
    }),
    hasVerifiedDomain: t.exposeBoolean('hasVerifiedDomain', {
      nullable: true,
      description: 'Whether it has proved that it owns an e-mail domain; then consent is needed.',
    }),
    hasClaimedDomain: t.exposeBoolean('hasClaimedDomain', {
      nullable: true,
      description: 'Whether it has claimed an e-mail domain for itself alone; then consent is needed.',
    }),
    isTrial: t.exposeBoolean('isTrial', {
      nullable: true,
      description: 'Whether it is on trial; trials cannot be attached to.',
    }),
    isManagedByWholesalePartner: t.exposeBoolean('isManagedByWholesalePartner', {
      nullable: true,
      description: 'Whether a wholesale partner manages it now; then no consent is needed.',
    }),
    isPartnerOwnOrganization: t.exposeBoolean('isPartnerOwnOrganization', {
      nullable: true,
      description: "Whether it is the partner's own; once attached, it is provisioned through the API only.",
    }),
    licenseState: t.field({
      type: LicenseState,
      nullable: true,
      description: 'What licences it has.',
      resolve: ({ licenseState }) => licenseState,
    }),
  }),
});
