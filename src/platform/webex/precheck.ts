// The platform's own precheck of a customer or a user: it changes nothing.

import { PlatformFailure } from '../failure.ts';
import { mostTelling, toIssue } from './issues.ts';
import type { Rest } from './rest.ts';
import { precheckBody } from './wire.ts';

/** @throws a rejected PlatformFailure where the platform finds fault, be it under status 200. */
export async function precheck(rest: Rest, operation: string, path: string, body: object): Promise<void> {
  const found = await rest.sendFor({ operation, effect: 'read', method: 'POST', path, body }, precheckBody);
  const fault = mostTelling(found.errors);
  if (fault === null) return;
  const { message, platformCode } = toIssue(fault);
  throw new PlatformFailure({
    kind: 'rejected',
    message: `Webex would refuse to ${operation}: ${message}`,
    platformCode,
  });
}
