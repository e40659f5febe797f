// The schema builder: Pothos with its plugins, and what all types have in common. Types register themselves on it when
// their files are imported; index.ts imports them all.

import SchemaBuilder from '@pothos/core';
import PrismaPlugin from '@pothos/plugin-prisma';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import type { AuthFailure } from '@pothos/plugin-scope-auth';
import { isObjectType } from 'graphql';
import type { GraphQLSchema } from 'graphql';
import { getDatamodel } from '../src/database/generated/pothos-types.ts';
import type PrismaTypes from '../src/database/generated/pothos-types.ts';
import { isAllowed, permissions } from '../src/domain/viewer.ts';
import type { Permission } from '../src/domain/viewer.ts';
import type { RequestContext } from './context.ts';
import { ApiError } from './shared/api-error.ts';
import { decodeNodeId, encodeNodeId, isUuid } from './shared/global-id.ts';
import type { NodeId } from './shared/global-id.ts';

export const builder = new SchemaBuilder<{
  Context: RequestContext;
  PrismaTypes: PrismaTypes;
  AuthScopes: Record<Permission, boolean>;
  DefaultFieldNullability: false;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  Connection: { totalCount: () => Promise<number> };
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    EventCursor: { Input: string; Output: string };
  };
}>({
  plugins: [ScopeAuthPlugin, RelayPlugin, PrismaPlugin],
  defaultFieldNullability: false,
  prisma: {
    client: ({ domain }) => domain.database,
    dmmf: getDatamodel(),
  },
  scopeAuth: {
    // Without it a subscription's source would be opened before anybody asked whether it may be.
    authorizeOnSubscribe: true,
    authScopes: ({ viewer }) => ({
      read: viewer !== null && isAllowed(viewer, 'read'),
      provision: viewer !== null && isAllowed(viewer, 'provision'),
      manageTemplates: viewer !== null && isAllowed(viewer, 'manageTemplates'),
    }),
    unauthorizedError: (_parent, context, _info, { failure }) => refusal(context, failedScopes(failure)),
  },
  relay: {
    clientMutationId: 'omit',
    cursorType: 'String',
    encodeGlobalID: (typename, id) => encodeNodeId(typename, String(id)),
    decodeGlobalID: (nodeId) => decodeNodeId(nodeId) ?? { typename: '', id: '' },
    idFieldOptions: {
      description: 'Opaque and unchanging; unique across all types. Ask for the thing again with Query.node.',
    },
    nodeTypeOptions: {
      description:
        'Anything that can be asked for again by its id. Ids are opaque: they hold for your partner organisation only and are not to be taken apart.',
    },
    nodeQueryOptions: {
      description:
        'Whatever has this id. Null when there is no such thing, when it belongs to another partner, or when the id is malformed: these look alike.',
      args: { id: { description: 'As it was handed out in an `id` field.' } },
      resolve: (_root, { id }, _context, { schema }, resolveNode) => (isNodeId(schema, id) ? resolveNode(id) : null),
    },
    nodesQueryOptions: false,
    pageInfoTypeOptions: { description: 'Where a page stands in its list, and whether there is more.' },
    hasNextPageFieldOptions: {
      description:
        'Whether more follows this page. Paging backwards: whether the page was asked for `before` something.',
    },
    hasPreviousPageFieldOptions: {
      description:
        'Whether something precedes this page. Paging forwards: whether the page was asked for `after` something.',
    },
    startCursorFieldOptions: { description: 'Pass it as `before` to read what precedes; null for an empty page.' },
    endCursorFieldOptions: {
      description:
        'Pass it as `after` to read on. Null for an empty page, except among events, where it tells how far was looked.',
    },
    pageInfoFieldOptions: { description: 'Where this page stands in the whole list.' },
    edgesFieldOptions: { nullable: false, description: 'The page in order, each entry with a cursor of its own.' },
    nodesOnConnection: {
      description: 'The page in order, without cursors: the shorter way when you page by `pageInfo`.',
    },
    nodeFieldOptions: { nullable: false, description: 'What stands at this place.' },
    firstArgOptions: {
      description:
        'How many entries from the start, or after `after`: 0 to 100; 20 when neither `first` nor `last` is given. More is refused with BAD_USER_INPUT.',
    },
    afterArgOptions: { description: 'Only what follows this cursor.' },
    lastArgOptions: {
      description: 'How many entries from the end, or before `before`: 0 to 100. Not together with `first`.',
    },
    beforeArgOptions: { description: 'Only what precedes this cursor.' },
    cursorFieldOptions: { description: 'This place in the list, opaque: pass it as `after` or `before`.' },
  },
});

export type SchemaTypes = (typeof builder)['$inferSchemaTypes'];

builder.queryType({
  description:
    'Everything that can be read. All of it is limited to the partner organisation that the access token belongs to: what another partner owns looks as if it did not exist.',
  authScopes: { read: true },
});

builder.mutationType({
  description:
    'Everything that can be changed. Each mutation takes one `input` and answers what it changed together with `userErrors`: with any user error, nothing was changed. Provisioning itself is asynchronous: an accepted request answers an operation to follow.',
  authScopes: { provision: true },
});

builder.subscriptionType({
  description:
    'What happens, as it happens. Each delivery carries a cursor: after a lost connection, subscribe again with `after` and nothing is missed and nothing is told twice.',
  authScopes: { read: true },
});

/** Only a node's name and a uuid may reach PostgreSQL; the providers of the catalogue are no rows. */
function isNodeId(schema: GraphQLSchema, { typename, id }: NodeId): boolean {
  const type = schema.getType(typename);
  if (!isObjectType(type) || !type.getInterfaces().some(({ name }) => name === 'Node')) return false;
  return typename === 'PstnProvider' || isUuid(id);
}

function failedScopes(failure: AuthFailure): string[] {
  if ('scope' in failure) return [failure.scope];
  return 'failures' in failure ? failure.failures.flatMap(failedScopes) : [];
}

function refusal({ viewer }: RequestContext, scopes: readonly string[]): ApiError {
  if (viewer === null) {
    return new ApiError('UNAUTHENTICATED', 'Sign in: this request carries no valid access token.');
  }
  const needed = Object.entries(permissions).flatMap(([permission, roles]) =>
    scopes.includes(permission) ? [roles.join(' or ')] : [],
  );
  const held = viewer.roles.length > 0 ? viewer.roles.join(', ') : 'no role';
  return new ApiError('FORBIDDEN', `This needs the role ${needed.join(' and ')}; you have ${held}.`);
}
