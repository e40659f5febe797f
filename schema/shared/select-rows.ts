// What a resolver that reads rows by itself selects of them: what it needs, and what the client has asked for below.

import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import type { RequestContext } from '../context.ts';

export interface SelectRowsOptions<Select> {
  readonly context: RequestContext;
  readonly info: GraphQLResolveInfo;
  /** Where the field's own type does not tell. */
  readonly typeName?: string;
  /** What the resolver needs. */
  readonly select: Select;
}

export function selectRows<Select extends Record<string, boolean>>(options: SelectRowsOptions<Select>): Select {
  if (options.context.rowsBringWhatIsShown) return options.select;
  return { ...options.select, ...queryFromInfo(options).select };
}
