// Changes to a PostgreSQL connection URL that leave the rest of it as the operator wrote it.

/** Settings every session starts with; what the URL's own `options` say about other settings stays. */
export function withSessionSettings(url: string, settings: Readonly<Record<string, string | number>>): string {
  const result = new URL(url);
  const ours = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  result.searchParams.set('options', [result.searchParams.get('options') ?? '', ...ours].join(' ').trim());
  return result.toString();
}

export function withDatabase(url: string, name: string): string {
  const result = new URL(url);
  result.pathname = `/${encodeURIComponent(name)}`;
  return result.toString();
}

export function databaseName(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}
