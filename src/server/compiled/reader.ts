// Reads rows with one statement: together with what is shown of them as finished JSON.

import { viewerOf } from '../../../schema/context.ts';
import { conditionOf } from './conditions.ts';
import type { Model } from './models.ts';
import { rowsOf } from './rows.ts';
import type { Query, Shape, Variables } from './rows.ts';
import { createStatement } from './statement.ts';

/** Answers the statement's only value, of the partner's rows. */
export type ReadText = (partnerId: string, text: string, values: readonly (string | null)[]) => Promise<string | null>;

export interface Reader {
  rows(model: string, query: Query, shapes: readonly Shape[]): Promise<object[]>;
  count(model: string, query: Query): Promise<number>;
}

export interface ReaderOptions {
  readonly variables: Variables;
  readonly models: ReadonlyMap<string, Model>;
  readonly readText: ReadText;
}

export function createReader({ variables, models, readText }: ReaderOptions): Reader {
  const { partnerId } = viewerOf(variables.context);
  return {
    async rows(name, query, shapes) {
      const statement = createStatement(models);
      const rows = rowsOf({ statement, model: statement.model(name), query, shapes, variables, depth: 0 });
      return rows.read((await readText(partnerId, rows.sql, statement.values)) ?? '');
    },
    async count(name, query) {
      const statement = createStatement(models);
      const alias = statement.alias();
      const condition = conditionOf(statement, statement.model(name), alias, query.where);
      return Number(
        await readText(partnerId, `SELECT count(*) FROM "${name}" ${alias} WHERE ${condition}`, statement.values),
      );
    },
  };
}
