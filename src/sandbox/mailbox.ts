// The mails that Webex would have sent. A person exploring reads them here and plays the one they went to.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { partnerOf } from './auth.ts';
import { parseInput } from './input.ts';
import { answerPage, pageOf, pageQuery } from './paging.ts';
import type { Sandbox } from './sandbox.ts';
import { findRows } from './state.ts';
import type { Database } from './state.ts';

export interface Mail {
  readonly partner: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly consentToken: string | null;
  readonly now: number;
}

export async function sendMails(db: Database, mail: Mail): Promise<void> {
  await db.query(
    `insert into sandbox.mails (partner, recipient, subject, body, consent_token, sent_at)
     select $1, recipient, $3, $4, $5, $6 from unnest($2::text[]) as recipient`,
    [mail.partner, mail.to, mail.subject, mail.body, mail.consentToken, mail.now],
  );
}

const query = z.object({ ...pageQuery, to: z.string().optional() });

interface MailRow {
  recipient: string;
  subject: string;
  body: string;
  consent_token: string | null;
  sent_at: number;
}

export function mailboxRoutes(app: FastifyInstance, { pool }: Sandbox): void {
  app.get('/mails', async (request, reply) => {
    const asked = parseInput(query, request.query);
    const page = pageOf(asked, { defaultMax: 100, cap: 1_000 });
    const rows = await findRows<MailRow>(
      pool,
      `select recipient, subject, body, consent_token, sent_at from sandbox.mails
       where partner = $1 and ($2::text is null or lower(recipient) = lower($2)) order by seq desc limit $3 offset $4`,
      [partnerOf(request), asked.to ?? null, page.max + 1, page.offset],
    );
    const items = answerPage(request, reply, rows, page).map((row) => ({
      to: row.recipient,
      subject: row.subject,
      body: row.body,
      consentToken: row.consent_token,
      sentAt: new Date(row.sent_at).toISOString(),
    }));
    return { items };
  });
}
