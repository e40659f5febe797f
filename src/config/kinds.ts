// What a setting can be: how its text is read, and how it is called where another text was found.

import { z } from 'zod';

export interface Kind<T> {
  readonly schema: z.ZodType<T>;
  readonly expected: string;
  readonly isSecret?: boolean;
}

export const text: Kind<string> = { schema: z.string(), expected: 'text' };
export const secret: Kind<string> = {
  schema: z.string().regex(/^[\x21-\x7e]+$/),
  expected: 'a token without spaces or line breaks',
  isSecret: true,
};
export const key256: Kind<Buffer> = {
  schema: z
    .base64()
    .transform((value) => Buffer.from(value, 'base64'))
    .refine((key) => key.length === 32),
  expected: '32 random bytes in base64, as openssl rand -base64 32 prints them',
  isSecret: true,
};
export const url: Kind<string> = {
  schema: z
    .url({ protocol: /^https?$/ })
    .refine((value) => value.startsWith('https:') || isThisMachine(value))
    .refine((value) => new URL(value).username === ''),
  expected: 'an https address without a user name (http only on this machine)',
};
/** For what is asked with tokens that protect nothing. */
export const plainUrl: Kind<string> = { schema: z.url({ protocol: /^https?$/ }), expected: 'an http or https address' };
export const postgresUrl: Kind<string> = {
  schema: z.url({ protocol: /^postgres(ql)?$/ }),
  expected: 'postgresql://user:password@host:port/database',
  isSecret: true,
};
export const onOff: Kind<boolean> = {
  schema: z.enum(['on', 'off']).transform((value) => value === 'on'),
  expected: 'on or off',
};

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
export const duration: Kind<number> = {
  schema: z
    .string()
    .regex(/^[1-9]\d{0,5}(ms|s|m|h|d)$/)
    .transform((value) => Number.parseInt(value, 10) * (unitsMs[value.replace(/\d+/, '')] ?? 0)),
  expected: 'a length of time such as 500ms, 30s, 15m, 12h or 30d',
};

/** Null: off. */
export const durationOrOff: Kind<number | null> = {
  schema: z.union([z.literal('off').transform(() => null), duration.schema]),
  expected: `off, or ${duration.expected}`,
};

export function integer(least: number, most: number): Kind<number> {
  return {
    schema: z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number)
      .refine((value) => value >= least && value <= most),
    expected: `a whole number from ${least} to ${most}`,
  };
}

export function oneOf<const T extends string>(...values: readonly T[]): Kind<T> {
  return { schema: z.enum(values), expected: values.join(', ') };
}

function isThisMachine(value: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(value).hostname);
}
