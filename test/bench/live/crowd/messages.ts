// The messages of graphql-transport-ws as far as a client that only subscribes needs them. Thousands of updates arrive at
// one moment, and the time it takes to read one is time the next one waits: the usual kind is not parsed, only searched.

import { z } from 'zod';

const message = z.object({ type: z.string(), id: z.string().optional(), payload: z.unknown().optional() });

const complaint = z.object({
  message: z.string(),
  extensions: z.object({ code: z.string().optional() }).optional(),
});

const update = z.object({
  data: z
    .object({ update: z.object({ cursor: z.string(), event: z.object({ message: z.string() }).nullable() }) })
    .nullish(),
  errors: z.array(complaint).optional(),
});

export interface Update {
  /** Null when there was nothing but errors. */
  readonly cursor: string | null;
  /** Null in the delivery that tells the present state. */
  readonly eventMessage: string | null;
  readonly complaints: readonly string[];
}

const usual = /^\{(?:"id":"(\d+)","type":"next"|"type":"next","id":"(\d+)"),"payload":\{"data":\{"update":\{/;
const cursorInside = /"cursor":"([^"]+)"/;
const messageInside = /"event":\{.*?"message":"([^"\\]+)"/;

/** Null for what is no update, or an update that is not wholly good: read that with the functions below. */
export function searchUpdate(text: string): { readonly id: string; readonly update: Update } | null {
  const [, id, idBehind] = usual.exec(text) ?? [];
  const [, cursor] = cursorInside.exec(text) ?? [];
  const found = id ?? idBehind;
  if (found === undefined || cursor === undefined || text.includes('"errors"')) return null;
  return { id: found, update: { cursor, eventMessage: messageInside.exec(text)?.[1] ?? null, complaints: [] } };
}

export type ServerMessage = { readonly type: string; readonly id: string; readonly payload: unknown };

export function readMessage(text: string): ServerMessage {
  const { type, id = '', payload } = message.parse(JSON.parse(text));
  return { type, id, payload };
}

export function readUpdate(payload: unknown): Update {
  const { data, errors = [] } = update.parse(payload);
  return {
    cursor: data?.update.cursor ?? null,
    eventMessage: data?.update.event?.message ?? null,
    complaints: errors.map(describe),
  };
}

export function readComplaints(payload: unknown): string[] {
  return z.array(complaint).parse(payload).map(describe);
}

function describe({ message: text, extensions }: z.infer<typeof complaint>): string {
  return `${extensions?.code ?? 'no code'}: ${text}`;
}
