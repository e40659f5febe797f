// A partner with an event log that tests write to, in a database of their own.

import { randomUUID } from 'node:crypto';
import type { Database } from '../../../src/database/client.ts';
import { appendEvents } from '../../../src/database/event-log.ts';
import type { NewEvent } from '../../../src/database/event-log.ts';
import { inTransaction } from '../../../src/database/transaction.ts';

export interface PartnerLog {
  readonly partnerId: string;
  /** One transaction; events are known by their messages. */
  append(messages: readonly string[], event?: Partial<NewEvent>): Promise<void>;
  addCustomer(): Promise<string>;
  /** What retention does: the events go, the log remembers up to where. */
  removeUpTo(position: bigint): Promise<void>;
}

export async function createPartnerLog(database: Database): Promise<PartnerLog> {
  const slug = `partner-${randomUUID()}`;
  const { id } = await database.partner.create({ data: { slug, name: slug, dataRegion: 'US' } });
  return logOfPartner(database, id);
}

export function logOfPartner(database: Database, partnerId: string): PartnerLog {
  return {
    partnerId,
    append: (messages, event = {}) =>
      inTransaction(database, (transaction) =>
        appendEvents(
          transaction,
          partnerId,
          new Date(),
          messages.map((message) => ({ type: 'STEP_PROGRESSED', ...event, message })),
        ),
      ),
    async addCustomer() {
      const { id } = await database.customer.create({
        data: {
          partnerId,
          companyName: 'Company',
          adminEmail: `${randomUUID()}@company.example`,
          externalId: randomUUID(),
          billingAddressLine1: '1 Mill Lane',
          billingCity: 'Springfield',
          billingCountryCode: 'US',
          dataRegion: 'US',
        },
      });
      return id;
    },
    async removeUpTo(position) {
      await database.$transaction([
        database.provisioningEvent.deleteMany({ where: { partnerId, position: { lte: position } } }),
        database.eventLog.update({ where: { partnerId }, data: { removed: position } }),
      ]);
    },
  };
}
