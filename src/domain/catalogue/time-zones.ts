// Time zones a location may have: canonical IANA names, as this Node knows them. Cisco's closed list (help article
// nuh0amab) is not obtainable; what it leaves out is refused by the platform.

/** In alphabetical order. */
export const timeZones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')].sort();

const known = new Set(timeZones);

export function isTimeZone(name: string): boolean {
  return known.has(name);
}
