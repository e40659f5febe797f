// Consent of an organisation's administrators to an attach, and the one place where consent mails of both kinds are answered.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { partnerOf } from './auth.ts';
import { callOf } from './call.ts';
import { notFound, refusal } from './errors.ts';
import { partners } from './fixtures.ts';
import type { PartnerSlug } from './fixtures.ts';
import { parseInput, text } from './input.ts';
import { sendMails } from './mailbox.ts';
import { findOrganization } from './organizations.ts';
import type { Sandbox } from './sandbox.ts';
import { findRow, inTransaction } from './state.ts';
import type { Database } from './state.ts';
import { answerMove, newConsentToken } from './subscriber-consent.ts';
import { lockSubscriber } from './subscriber-record.ts';

const consentRequest = z.object({ consentId: text, organizationId: text, reasons: z.array(z.string()).default([]) });
const consentAnswer = z.object({ token: text, decision: z.enum(['APPROVE', 'DECLINE']) });

/** Beside the administrator who was named (help article nfgex4u). */
const otherRecipients = 5;

interface ConsentRow {
  partner: PartnerSlug;
  consent_id: string;
  org_id: string;
  reasons: string[];
  status: 'PENDING' | 'APPROVED' | 'DECLINED' | 'WITHDRAWN';
  sent_to: string[];
  token: string;
  decided_at: number | null;
}

type WithConsent = { Params: { consentId: string } };

export function consentRoutes(app: FastifyInstance, { pool, clock }: Sandbox): void {
  app.post('/consents', async (request) => {
    const partner = partnerOf(request);
    const asked = parseInput(consentRequest, request.body);
    const row = await inTransaction(pool, async (db) => {
      const organization = await findOrganization(db, partner, asked.organizationId);
      if (organization === null) throw notFound('organization');
      const sentTo = [organization.admin_email, ...organization.other_admins.slice(0, otherRecipients)];
      const added = await findRow<ConsentRow>(
        db,
        `insert into sandbox.consents (partner, consent_id, org_id, reasons, sent_to, token) values ($1, $2, $3, $4, $5, $6)
         on conflict (partner, consent_id) do nothing returning *`,
        [partner, asked.consentId, organization.id, asked.reasons, sentTo, newConsentToken()],
      );
      if (added === null) return requireConsent(db, partner, asked.consentId);
      await mail(db, added, organization.name, clock.now());
      callOf(request).effect = 'consent-requested';
      return added;
    });
    return showConsent(row);
  });

  app.get<WithConsent>('/consents/:consentId', async (request) =>
    showConsent(await requireConsent(pool, partnerOf(request), request.params.consentId)),
  );

  app.post<WithConsent>('/consents/:consentId/resend', async (request, reply) => {
    await inTransaction(pool, async (db) => {
      const row = await requireConsent(db, partnerOf(request), request.params.consentId);
      if (row.status !== 'PENDING') throw closed();
      const organization = await findOrganization(db, row.partner, row.org_id);
      await mail(db, row, organization?.name ?? '', clock.now());
    });
    callOf(request).effect = 'consent-mail-sent';
    return reply.code(204).send();
  });

  app.post<WithConsent>('/consents/:consentId/withdraw', async (request) => {
    const key = [partnerOf(request), request.params.consentId] as const;
    await pool.query(
      `update sandbox.consents set status = 'WITHDRAWN', decided_at = $3
       where partner = $1 and consent_id = $2 and status = 'PENDING'`,
      [...key, clock.now()],
    );
    return showConsent(await requireConsent(pool, ...key));
  });

  app.post('/consent-answers', async (request) => {
    const partner = partnerOf(request);
    const { token, decision } = parseInput(consentAnswer, request.body);
    const answered = await inTransaction(pool, async (db) => {
      const consent = await findRow<ConsentRow>(
        db,
        'select * from sandbox.consents where token = $1 and partner = $2 for update',
        [token, partner],
      );
      if (consent === null) return answerOfUser(db, partner, token, decision, clock.now());
      if (consent.status !== 'PENDING') throw closed();
      await db.query('update sandbox.consents set status = $2, decided_at = $3 where token = $1', [
        token,
        decision === 'APPROVE' ? 'APPROVED' : 'DECLINED',
        clock.now(),
      ]);
      return { kind: 'ATTACH', consentId: consent.consent_id };
    });
    callOf(request).effect = 'consent-answered';
    return answered;
  });
}

async function answerOfUser(
  db: Database,
  partner: string,
  token: string,
  decision: 'APPROVE' | 'DECLINE',
  now: number,
) {
  const sql = 'select id from sandbox.subscribers where consent_token = $1 and partner = $2';
  const found = await findRow<{ id: string }>(db, sql, [token, partner]);
  if (found === null) throw refusal('unknownConsentToken', 'No consent was asked for with this token.');
  const subscriber = await lockSubscriber(db, partner, found.id);
  if (subscriber.consent_answer !== null) throw closed();
  await answerMove(db, subscriber, decision, now);
  return { kind: 'USER', subscriberId: subscriber.id };
}

async function requireConsent(db: Database, partner: string, consentId: string): Promise<ConsentRow> {
  const sql = 'select * from sandbox.consents where partner = $1 and consent_id = $2';
  const row = await findRow<ConsentRow>(db, sql, [partner, consentId]);
  if (row === null) throw notFound('consent');
  return row;
}

async function mail(db: Database, consent: ConsentRow, organizationName: string, now: number): Promise<void> {
  const partner = partners[consent.partner].name;
  const reasons = consent.reasons.length === 0 ? '' : ` Asked because of: ${consent.reasons.join(', ')}.`;
  await sendMails(db, {
    partner: consent.partner,
    to: consent.sent_to,
    subject: `${partner} asks for access to ${organizationName}`,
    body: `${partner} wants to add wholesale services to ${organizationName} and needs the approval of an administrator.${reasons}`,
    consentToken: consent.token,
    now,
  });
}

function closed(): Error {
  return refusal('consentClosed', 'The consent has been answered or withdrawn already.');
}

function showConsent(row: ConsentRow) {
  const decidedAt = row.decided_at === null ? null : new Date(row.decided_at).toISOString();
  return { consentId: row.consent_id, status: row.status, sentTo: row.sent_to, decidedAt };
}
