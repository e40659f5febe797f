// The platform as a waiting person's request sees it: it answers at once and always the same, or is away.

import type { PlatformDirectory } from '../../../src/domain/directory.ts';
import { organizations, theirAdmin } from '../organizations.ts';
import { issuedPrefix } from './names.ts';

/** @param isAway Whether template registration fails. */
export function createFixedDirectory(isAway: () => boolean): PlatformDirectory {
  const never = () => Promise.reject(new Error('no command of these sequences asks this of the platform'));
  return {
    facts: { kind: 'SANDBOX', issuesProvisioningIds: true, assessesAttach: true, carriesConsentAnswers: true },
    isAway: () => false,
    registerTemplate: (_slug, { templateId }) =>
      isAway()
        ? Promise.reject(new Error('the platform is away'))
        : Promise.resolve({ provisioningId: `${issuedPrefix}${templateId}` }),
    findOrganizations: (_slug, adminEmail) => Promise.resolve(adminEmail === theirAdmin ? organizations : []),
    getOrganization: (_slug, organizationId) =>
      Promise.resolve(organizations.find((facts) => facts.organizationId === organizationId) ?? null),
    precheckCustomer: () => Promise.resolve(),
    withdrawAttachConsent: () => Promise.resolve(),
    listMails: () => Promise.resolve([]),
    answerConsent: never,
    resendAttachConsent: never,
    resendUserConsent: never,
  };
}
