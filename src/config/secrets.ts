// Secrets come from the environment or from a file that it names: NAME or NAME_FILE. Neither is ever repeated in a complaint.

import { readFileSync } from 'node:fs';

/** The text of the secret, or what is wrong with the settings that should tell it; undefined: there is none. */
export type SecretText =
  string | undefined | { readonly key: string; readonly expected: string; readonly found: string };

const longestFileBytes = 64 * 1024;

export function secretText(environment: Readonly<Record<string, string | undefined>>, name: string): SecretText {
  const text = environment[name];
  const key = `${name}_FILE`;
  const file = environment[key];
  if (!file) return text === '' ? undefined : text;
  if (text) return { key, expected: `nothing, because ${name} is set`, found: JSON.stringify(file) };
  const content = contentOf(file);
  if (typeof content === 'string') return content;
  return {
    key,
    expected: 'a file that holds the secret and nothing else',
    found: `${JSON.stringify(file)}, ${content.why}`,
  };
}

function contentOf(file: string): string | { readonly why: string } {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return { why: `which cannot be read (${code})` };
  }
  // Editors end a file with a line break; no secret does.
  const text = content.replace(/[\r\n]+$/, '');
  if (text === '') return { why: 'which is empty' };
  return text.length > longestFileBytes ? { why: 'which is too long' } : text;
}
