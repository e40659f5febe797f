// Cloud Connected PSTN providers a template may name. The choice is discouraged by Cisco and there is no public list:
// these are neutral examples of the sandbox; an operator edits this table.

export interface PstnProvider {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2 */
  readonly countryCodes: readonly string[];
}

export const pstnProviders: readonly PstnProvider[] = [
  { id: 'ccp-americas', name: 'Cloud Connect Americas', countryCodes: ['US', 'CA', 'MX', 'BR'] },
  {
    id: 'ccp-europe',
    name: 'Cloud Connect Europe',
    countryCodes: ['DE', 'FR', 'GB', 'IE', 'NL', 'SE', 'NO', 'DK', 'FI'],
  },
  { id: 'ccp-pacific', name: 'Cloud Connect Pacific', countryCodes: ['AU', 'NZ', 'SG', 'JP'] },
];

const byId = new Map(pstnProviders.map((provider) => [provider.id, provider]));

export function findPstnProvider(id: string): PstnProvider | null {
  return byId.get(id) ?? null;
}
