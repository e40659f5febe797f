// Reads the partners' sub-partners from the platform: for all of them when a worker starts, and at each comparison.

import type { Logger } from 'pino';
import type { DomainContext } from '../../domain/context.ts';
import { takeInSubPartners } from '../../domain/sub-partner/take-in.ts';
import { PlatformFailure } from '../../platform/failure.ts';
import type { PartnerPlatform, Platform } from '../../platform/port.ts';

/** @throws PlatformFailure, unless the platform refuses to list them: not every partner may have any. */
export async function readSubPartners(
  context: DomainContext,
  platform: PartnerPlatform,
  partnerId: string,
): Promise<void> {
  try {
    await takeInSubPartners(context, partnerId, await platform.listSubPartners());
  } catch (failure) {
    if (!(failure instanceof PlatformFailure) || failure.kind !== 'rejected') throw failure;
  }
}

export async function readAllSubPartners(
  context: DomainContext,
  platform: Platform,
  log: Pick<Logger, 'info' | 'error'>,
): Promise<void> {
  const partners = await context.database.partner.findMany({ select: { id: true, slug: true } });
  for (const { id, slug } of partners) {
    try {
      await readSubPartners(context, platform.forPartner({ slug }), id);
    } catch (error) {
      const reason = error instanceof PlatformFailure ? { reason: error.message } : { err: error };
      log.info({ partner: slug, ...reason }, 'the sub-partners could not be read');
    }
  }
}
