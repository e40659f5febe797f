// Reads the body of an answer: bounded, JSON only. An error status survives whatever happens to its body.

export type AnswerBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'none' }
  | { readonly kind: 'unusable'; readonly found: string };

/** @throws what the stream throws (time-out, reset), unless the status already says that the request failed. */
export async function readBody(response: Response, maxBytes: number, secret: string): Promise<AnswerBody> {
  try {
    const text = await readText(response, maxBytes);
    if (text === null) return { kind: 'unusable', found: `more than ${maxBytes} bytes` };
    if (text.trim() === '') return { kind: 'none' };
    if (!/[/+]json\b/i.test(response.headers.get('content-type') ?? '')) return { kind: 'unusable', found: 'no JSON' };
    // An error text that echoes the credentials must not carry them into messages or rows.
    return parseJson(response.ok ? text : text.replaceAll(secret, '[hidden]'));
  } catch (error) {
    if (response.ok) throw error;
    return { kind: 'unusable', found: 'a broken connection' };
  }
}

async function readText(response: Response, maxBytes: number): Promise<string | null> {
  let text = '';
  let bytes = 0;
  for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    bytes += Buffer.byteLength(part);
    if (bytes > maxBytes) return null;
    text += part;
  }
  return text;
}

function parseJson(text: string): AnswerBody {
  try {
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return { kind: 'unusable', found: 'broken JSON' };
  }
}
