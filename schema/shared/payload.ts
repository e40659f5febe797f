// What a mutation answers: the outcome of the command, with what it was about and what was wrong.

import type { Outcome } from '../../src/domain/outcome.ts';
import { builder } from '../builder.ts';
import type { SchemaTypes } from '../builder.ts';
import { UserError } from './user-error.ts';

/** Its fields load what the outcome names, with the selection folded in; `userErrors` is here. */
export function payloadType<Value>(
  name: string,
  description: string,
  fields: (t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Outcome<Value>>) => FieldMap,
) {
  const payload = builder.objectRef<Outcome<Value>>(name);
  payload.implement({ description, fields });
  builder.objectField(payload, 'userErrors', (t) =>
    t.field({
      type: [UserError],
      description:
        'Everything that is wrong with the input, at once. Empty: it was done. Otherwise nothing was changed.',
      resolve: ({ problems }) => problems,
    }),
  );
  return payload;
}

export const draftDescription =
  'The draft as it is now, unchanged when there are user errors. Null when there is none.';

type FieldMap = ReturnType<NonNullable<Parameters<typeof builder.queryFields>[0]>>;
