// The telephone network providers that a template may preselect.

import { findPstnProvider, pstnProviders } from '../../src/domain/catalogue/pstn-providers.ts';
import type { PstnProvider as DomainProvider } from '../../src/domain/catalogue/pstn-providers.ts';
import { builder } from '../builder.ts';
import { decodeNodeId } from '../shared/global-id.ts';

export const PstnProvider = builder.node(builder.objectRef<DomainProvider>('PstnProvider'), {
  description:
    'A provider that connects Webex Calling with the public telephone network (PSTN) through the cloud. Preselecting one in a template is possible, but Cisco advises against it.',
  id: { resolve: ({ id }) => id },
  loadMany: (ids: string[]) => ids.map(findPstnProvider),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'As the provider calls itself.' }),
    countryCodes: t.stringList({
      description: 'Where it connects calls: ISO 3166-1 alpha-2.',
      resolve: ({ countryCodes }) => countryCodes,
    }),
  }),
});

/** Null when no provider was named; for what is no id of a provider, an id that no provider has. */
export function pstnProviderId(nodeId: string | null | undefined): string | null {
  if (nodeId === null || nodeId === undefined) return null;
  const decoded = decodeNodeId(nodeId);
  return decoded?.typename === 'PstnProvider' ? decoded.id : '';
}

builder.queryField('pstnProviders', (t) =>
  t.field({
    type: [PstnProvider],
    description: 'The telephone network providers that a template may preselect.',
    args: {
      countryCode: t.arg.string({
        description: 'Only those that connect calls in this country (ISO 3166-1 alpha-2). Left out: all.',
      }),
    },
    resolve: (_root, { countryCode }) =>
      countryCode ? pstnProviders.filter(({ countryCodes }) => countryCodes.includes(countryCode)) : pstnProviders,
  }),
);
