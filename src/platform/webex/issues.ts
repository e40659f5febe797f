// What the platform says went wrong, in words for the person who must act. Neither raw bodies nor credentials come through. Pure.

import type { PlatformIssue } from '../port.ts';

/** An error entry as the platform writes it, in the answer itself or in the lists of an asynchronous attempt. */
export interface ReportedError {
  readonly errorCode: string | null;
  readonly description: string | null;
  readonly fieldName: string | null;
}

const longestTextChars = 300;

type Explanation = (fieldName: string | null) => string;

/** The codes that Cisco documents, in our own words; everything else is quoted. */
const explanations: ReadonlyMap<string, Explanation> = new Map<string, Explanation>([
  ['10022', () => 'The e-mail address already belongs to an existing Webex user; use another address.'],
  [
    '2560',
    () => 'Webex Calling is under maintenance, provisioning could not start; see status.webex.com and retry later.',
  ],
  ['8361', () => 'The phone number is unavailable; choose another number.'],
  ['1001', (field) => `A required value is missing${field === null ? '' : `: ${field}`}.`],
  ['1002', (field) => `A value has an invalid length${field === null ? '' : `: ${field}`}.`],
]);

/** The entry to act on: one whose code we can explain before one that only has a code before the first. */
export function mostTelling(errors: readonly ReportedError[]): ReportedError | null {
  return (
    errors.find((error) => explanations.has(codeOf(error) ?? '')) ??
    errors.find((error) => codeOf(error) !== null) ??
    errors[0] ??
    null
  );
}

export function toIssue(error: ReportedError): PlatformIssue {
  const platformCode = codeOf(error);
  const explain = explanations.get(platformCode ?? '');
  const fieldName = error.fieldName === null ? null : safeText(error.fieldName);
  if (explain !== undefined)
    return { platformCode, message: withQuote(explain(fieldName), error.description, platformCode) };
  const text = error.description === null ? null : safeText(error.description);
  return { platformCode, message: text ?? 'Webex gave no explanation.' };
}

/** Printable, bounded, and without anything that looks like a credential; null where nothing is left. */
export function safeText(text: string): string | null {
  const cleaned = text
    .replace(/\bBearer\s+\S+/gi, '[hidden]')
    .replace(/\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?/g, '[hidden]')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  if (cleaned === '') return null;
  return cleaned.length <= longestTextChars ? cleaned : `${cleaned.slice(0, longestTextChars - 1)}…`;
}

// Telephony answers carry the code inside the text: "[Error 8361] DN is unavailable : +1…".
function codeOf(error: ReportedError): string | null {
  return error.errorCode ?? /\[Error (\d+)\]/.exec(error.description ?? '')?.[1] ?? null;
}

// Which value was missing, too long or unavailable is often told in the text alone.
function withQuote(explanation: string, description: string | null, code: string | null): string {
  const text = description === null ? null : safeText(description);
  return text === null || (code !== '1001' && code !== '1002' && code !== '8361')
    ? explanation
    : `${explanation} Webex says: "${text}"`;
}
