// Reads what a client sent: bodies and queries are parsed here once, and what does not fit is named field by field.

import { z } from 'zod';
import { errorCodeOf, Refusal } from './errors.ts';
import type { RefusalEntry } from './errors.ts';

/** @throws a 400 that names every field that does not fit. */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.infer<T> {
  const parsed = schema.safeParse(input ?? {}, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new Refusal(400, parsed.error.issues.map(toEntry));
}

function toEntry(issue: z.core.$ZodIssue): RefusalEntry {
  const fieldName = issue.path.join('.') || 'body';
  if (issue.input === undefined || issue.input === null) {
    return { errorCode: errorCodeOf('missingParameter'), description: `${fieldName} must not be null.`, fieldName };
  }
  const isSize = issue.code === 'too_big' || issue.code === 'too_small';
  const errorCode = errorCodeOf(isSize ? 'wrongSize' : 'invalidValue');
  return { errorCode, description: `${fieldName}: ${issue.message}`, fieldName };
}

export const text = z.string().min(1);
export const email = z.string().regex(/^[^\s@]+@[^\s@]+$/, 'expected an e-mail address');
/** A repeated query parameter, or one with commas: Cisco does not say which. */
export const textList = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().flatMap((part) => part.split(',')));
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Epoch milliseconds or ISO 8601, as epoch milliseconds. */
export const moment = z.string().transform((value, context) => {
  const at = /^\d+$/.test(value) ? Number(value) : Date.parse(value);
  if (!Number.isNaN(at)) return at;
  context.addIssue({ code: 'custom', message: 'expected epoch milliseconds or an ISO 8601 date', input: value });
  return z.NEVER;
});

export const wholesaleAddress = z.object({
  addressLine1: text.max(50),
  addressLine2: z.string().max(50).optional(),
  city: text,
  stateOrProvince: z.string().optional(),
  zipOrPostalCode: z.string().optional(),
  country: z.string().length(2),
});
export type WholesaleAddress = z.infer<typeof wholesaleAddress>;

export const phoneNumber = z.string().regex(/^\+[1-9]\d{6,14}$/, 'expected a number in E.164 form');
