// What the tables are made of, as far as a statement has to know: from the datamodel that Prisma generates for Pothos.

import { z } from 'zod';
import { getDatamodel } from '../../database/generated/pothos-types.ts';
import { Unfoldable } from './unfoldable.ts';

export interface Column {
  readonly name: string;
  /** Prisma's scalar, or the enum's name. */
  readonly type: string;
  readonly isEnum: boolean;
  readonly isList: boolean;
}

export interface Relation {
  readonly name: string;
  readonly model: string;
  readonly isList: boolean;
  /** The columns that are equal on both sides. */
  readonly own: string;
  readonly other: string;
}

export interface Model {
  readonly name: string;
  readonly columns: ReadonlyMap<string, Column>;
  readonly relations: ReadonlyMap<string, Relation>;
}

const fieldShape = z.object({
  name: z.string(),
  type: z.string(),
  kind: z.string(),
  isList: z.boolean(),
  isId: z.boolean(),
  relationName: z.string().optional(),
  relationFromFields: z.array(z.string()).optional(),
});
const datamodelShape = z.object({
  datamodel: z.object({ models: z.record(z.string(), z.object({ fields: z.array(fieldShape) })) }),
});
type Field = z.infer<typeof fieldShape>;

export function readModels(): ReadonlyMap<string, Model> {
  const { models } = datamodelShape.parse(getDatamodel()).datamodel;
  const keyOf = (model: string): string => models[model]?.fields.find(({ isId }) => isId)?.name ?? 'id';

  function relationOf(model: string, field: Field): Relation {
    const { name, type, isList, relationName } = field;
    const [own] = field.relationFromFields ?? [];
    if (own !== undefined) return { name, model: type, isList, own, other: keyOf(type) };
    const back = models[type]?.fields.find(
      (candidate) => candidate.relationName === relationName && (candidate.relationFromFields?.length ?? 0) > 0,
    );
    const other = back?.relationFromFields?.[0];
    if (other === undefined) throw new Error(`the relation ${model}.${name} has no columns`);
    return { name, model: type, isList, own: keyOf(model), other };
  }

  return new Map(
    Object.entries(models).map(([name, { fields }]) => [
      name,
      {
        name,
        columns: new Map(
          fields
            .filter(({ kind }) => kind !== 'object')
            .map((field) => [
              field.name,
              { name: field.name, type: field.type, isEnum: field.kind === 'enum', isList: field.isList },
            ]),
        ),
        relations: new Map(
          fields.filter(({ kind }) => kind === 'object').map((field) => [field.name, relationOf(name, field)]),
        ),
      },
    ]),
  );
}

export function columnOf(model: Model, name: string): Column {
  const column = model.columns.get(name);
  if (!column) throw new Unfoldable(`${model.name} has no column ${name}`);
  return column;
}
