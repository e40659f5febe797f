// What the platform itself says of a customer that is only to be validated. Asked after the gateway's own rules, outside any
// transaction. A validation does not depend on it: a platform that is away, or slow, is left out.

import { setTimeout as delay } from 'node:timers/promises';
import { askPlatform } from '../ask-platform.ts';
import type { DomainContext } from '../context.ts';
import type { Problem } from '../problem.ts';
import type { Viewer } from '../viewer.ts';
import type { ProvisionForm } from './provision-form.ts';

/** Long enough for an answer, short of what a waiting person's request may take as a whole. */
const patienceMs = 3_000;

export async function precheckCustomer(
  context: DomainContext,
  viewer: Viewer,
  form: ProvisionForm,
): Promise<Problem[]> {
  const { provisioningId, externalId, billingAddress, companyName, adminEmail, language } = form;
  if (provisioningId === null || externalId === null || billingAddress === null) {
    throw new Error('a request that was judged complete lacks a required value');
  }
  const customerInformation =
    companyName === null || adminEmail === null ? null : { companyName, adminEmail, language };
  const { packages, organizationId, headquarters, meetingsTimeZone, subPartnerId } = form;
  const subPartner =
    subPartnerId === null
      ? null
      : await context.database.subPartner.findFirst({ where: { id: subPartnerId, partnerId: viewer.partnerId } });
  const onBehalfOf = subPartner?.organizationId ?? null;
  const ending = new AbortController();
  const answer = await Promise.race([
    askPlatform([], () =>
      context.directory.precheckCustomer(viewer.partnerSlug, {
        ...{ provisioningId, externalId, packages, billingAddress, headquarters, meetingsTimeZone },
        ...{ organizationId, onBehalfOf, customerInformation },
      }),
    ),
    delay(patienceMs, { value: undefined }, { signal: ending.signal, ref: false }),
  ]).finally(() => ending.abort());
  return 'problem' in answer && answer.problem.code === 'PLATFORM_REJECTED' ? [answer.problem] : [];
}
