// The sandbox's knobs, for tests: clock, faults, mailbox, and what was done how often.

import { z } from 'zod';

const counted = z.looseObject({ count: z.number() });
const effectsShape = z.object({
  customersCreated: z.array(counted),
  subscribersCreated: z.array(counted),
  locationsCreated: z.array(counted),
  numbersAdded: z.array(counted),
});
const logShape = z.object({
  items: z.array(z.looseObject({ effect: z.string().optional(), method: z.string(), path: z.string() })),
});
const mailsShape = z.object({
  items: z.array(z.object({ to: z.string(), subject: z.string(), consentToken: z.string().nullable() })),
});

const retryWindowsShape = z.object({ announced: z.number(), inside: z.array(z.string()) });

export type SandboxFault = Readonly<Record<string, unknown>>;

export function createSandboxControl(origin: string, partner = 'acme') {
  async function call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${origin}/sandbox${path}`, {
      method,
      headers: { authorization: `Bearer sandbox-${partner}`, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }
  return {
    origin,
    turnClock: (advanceMs: number) => call('PUT', '/clock', { advanceMs }),
    setFaults: (faults: readonly SandboxFault[], seed = 1) => call('PUT', '/faults', { faults, seed }),
    effects: async () => effectsShape.parse(await call('GET', '/effects')),
    /** How many requests had this effect, for example subscriber-updated. */
    requestCount: async (effect: string) =>
      logShape.parse(await call('GET', '/log')).items.filter((entry) => entry.effect === effect).length,
    /** What Webex was asked, in order: "GET /v1/wholesale/customers?max=100". */
    requests: async () =>
      logShape.parse(await call('GET', '/log')).items.map(({ method, path }) => `${method} ${path}`),
    /** What came before the time that an answer had named. */
    retryWindows: async () => retryWindowsShape.parse(await call('GET', '/retry-after')),
    mails: async (to: string) => mailsShape.parse(await call('GET', `/mails?to=${encodeURIComponent(to)}`)).items,
    answer: (token: string, decision: 'APPROVE' | 'DECLINE') => call('POST', '/consent-answers', { token, decision }),
  };
}
