// A partner of its own with customers to whom things happen when a test wants it, behind a real gateway.

import { encodeNodeId } from '../../../schema/shared/global-id.ts';
import { createPartnerLog } from '../../events/support/partner-log.ts';
import type { Gateway } from '../../support/gateway.ts';

export interface TestCustomer {
  /** As the API shows it. */
  readonly id: string;
  /** So many events in one commit. */
  happen(count?: number): Promise<void>;
}

export async function addPartner(gateway: Gateway) {
  const { database } = gateway;
  const log = await createPartnerLog(database);
  const { partnerId } = log;
  const { slug } = await database.partner.findUniqueOrThrow({ where: { id: partnerId } });
  return {
    slug,
    token: (ttlSeconds?: number) => gateway.token(slug, 'FULL_ADMIN', ttlSeconds),
    async addCustomer(): Promise<TestCustomer> {
      const customerId = await log.addCustomer();
      return {
        id: encodeNodeId('Customer', customerId),
        happen: (count = 1) =>
          log.append(
            Array.from({ length: count }, () => 'something'),
            { customerId },
          ),
      };
    },
    /** What retention does with all there is. */
    async expireLog() {
      const { head } = await database.eventLog.findUniqueOrThrow({ where: { partnerId } });
      await log.removeUpTo(head);
    },
    /** What never should be. */
    async loseEvent(customerVersion: number) {
      await database.provisioningEvent.deleteMany({ where: { partnerId, customerVersion } });
    },
  };
}
export type TestPartner = Awaited<ReturnType<typeof addPartner>>;
