// People with a free account: the mail that asks them to move, and what their answer does.

import { randomBytes } from 'node:crypto';
import { asyncErrors } from './errors.ts';
import { newId } from './ids.ts';
import { sendMails } from './mailbox.ts';
import type { Mail } from './mailbox.ts';
import { rememberPerson } from './people.ts';
import type { Database } from './state.ts';
import type { SubscriberRow } from './subscriber-record.ts';

export function newConsentToken(): string {
  return randomBytes(18).toString('base64url');
}

export function moveMail(partner: string, email: string, consentToken: string, now: number): Mail {
  return {
    partner,
    to: [email],
    subject: 'Move your Webex account to your organization',
    body: `Your organization wants to manage the Webex account of ${email}. Do you agree to move it?`,
    consentToken,
    now,
  };
}

/** Mails once more; somebody who declined is asked afresh, with a new token. */
export async function askAgain(db: Database, subscriber: SubscriberRow, now: number): Promise<void> {
  const openToken = subscriber.consent_answer === null ? subscriber.consent_token : null;
  const token = openToken ?? newConsentToken();
  if (openToken === null) {
    await db.query(
      `update sandbox.subscribers set consent_token = $2, consent_answer = null, errors = '[]', status_changed_at = $3 where id = $1`,
      [subscriber.id, token, now],
    );
  }
  await sendMails(db, moveMail(subscriber.partner, subscriber.email, token, now));
}

export async function answerMove(
  db: Database,
  subscriber: SubscriberRow,
  decision: 'APPROVE' | 'DECLINE',
  now: number,
): Promise<void> {
  if (decision === 'DECLINE') {
    await db.query(
      `update sandbox.subscribers set consent_answer = 'DECLINE', errors = $2, status_changed_at = $3 where id = $1`,
      [subscriber.id, JSON.stringify([asyncErrors.moveDeclined]), now],
    );
    return;
  }
  const personId = await rememberPerson(db, {
    id: newId('PEOPLE'),
    partner: subscriber.partner,
    orgId: subscriber.org_id,
    email: subscriber.email,
    firstName: subscriber.first_name,
    lastName: subscriber.last_name,
    roles: [],
    now,
  });
  await db.query(
    `update sandbox.subscribers set consent_answer = 'APPROVE', status = 'provisioned', person_id = $2, errors = '[]',
       status_changed_at = $3 where id = $1`,
    [subscriber.id, personId, now],
  );
}
