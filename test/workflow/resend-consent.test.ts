// A user who is asked again has a second mail, and answering it ends the wait.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resendUserConsent } from '../../src/domain/user/resend-consent.ts';
import { accepted, openOffice } from './support/office.ts';
import type { Office } from './support/office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(async () => {
  await office.bench.close();
});

describe('asking a user again', () => {
  it('sends another mail, and only while the answer is awaited', async () => {
    const { bench, context, viewer } = office;
    const email = `asked-${office.mark}@consumer.example`;
    const { userId, operationId } = await office.beginUser({ email });
    await bench.waitForNextAction(operationId, 'OBTAIN_USER_CONSENT');
    expect(await bench.sandbox.mails(email)).toHaveLength(1);
    accepted(await resendUserConsent(context, viewer, { userId }));
    const mails = await bench.sandbox.mails(email);
    expect(mails).toHaveLength(2);

    await bench.sandbox.answer(mails[0]?.consentToken ?? '', 'APPROVE');
    // The platform knows already, the gateway not yet: the refusal is the platform's, unless the gateway was faster.
    const early = await resendUserConsent(context, viewer, { userId });
    expect(['PLATFORM_REJECTED', 'USER_NOT_AWAITING_CONSENT']).toContain(early.problems[0]?.code);
    expect((await bench.ended(operationId)).status).toBe('SUCCEEDED');
    const late = await resendUserConsent(context, viewer, { userId });
    expect(late.problems[0]?.code).toBe('USER_NOT_AWAITING_CONSENT');
    expect(await bench.sandbox.mails(email)).toHaveLength(2);
  });
});
