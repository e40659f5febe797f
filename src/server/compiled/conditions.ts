// Prisma's `where` and `orderBy` in SQL. What is not known here is refused, so that it is asked the ordinary way.

import { columnOf } from './models.ts';
import type { Column, Model } from './models.ts';
import { isRecord } from './records.ts';
import type { Statement } from './statement.ts';
import { Unfoldable } from './unfoldable.ts';

/** Always a condition that can stand after AND. */
export function conditionOf(statement: Statement, model: Model, alias: string, where: unknown): string {
  if (where === undefined) return 'true';
  if (!isRecord(where)) throw new Unfoldable('a where that is no object');
  return all(Object.entries(where).map(([name, value]) => partOf(statement, model, alias, name, value)));
}

function all(conditions: readonly string[]): string {
  const telling = conditions.filter((condition) => condition !== 'true');
  return telling.length === 0 ? 'true' : telling.join(' AND ');
}

function partOf(statement: Statement, model: Model, alias: string, name: string, value: unknown): string {
  // As in Prisma: what is undefined is no condition.
  if (value === undefined) return 'true';
  const each = (): string[] =>
    (Array.isArray(value) ? value : [value]).map((part) => conditionOf(statement, model, alias, part));
  if (name === 'AND') return all(each());
  if (name === 'OR') {
    const parts = each();
    return parts.length === 0 ? 'false' : `(${parts.map((part) => `(${part})`).join(' OR ')})`;
  }
  const relation = model.relations.get(name);
  if (relation) {
    if (!isRecord(value) || Object.keys(value).join() !== 'some') throw new Unfoldable(`a condition on ${name}`);
    const inner = statement.alias();
    const target = statement.model(relation.model);
    const condition = conditionOf(statement, target, inner, value['some']);
    return `EXISTS (SELECT FROM "${target.name}" ${inner} WHERE ${inner}."${relation.other}" = ${alias}."${relation.own}" AND ${condition})`;
  }
  return columnCondition(statement, columnOf(model, name), `${alias}."${name}"`, value);
}

const comparisons: Readonly<Record<string, string>> = { equals: '=', gt: '>', gte: '>=', lt: '<', lte: '<=' };

function columnCondition(statement: Statement, column: Column, place: string, value: unknown): string {
  if (column.isList) throw new Unfoldable(`a condition on the list ${column.name}`);
  if (value === null) return `${place} IS NULL`;
  if (!isRecord(value)) return `${place} = ${statement.bind(value)}`;
  const isInsensitive = value['mode'] === 'insensitive';
  return all(
    Object.entries(value).map(([operator, operand]) => {
      if (operand === undefined || operator === 'mode') return 'true';
      const comparison = comparisons[operator];
      if (comparison !== undefined && operand !== null && !isInsensitive) {
        return `${place} ${comparison} ${statement.bind(operand)}`;
      }
      if (operator === 'contains' && typeof operand === 'string') {
        return `${place} ${isInsensitive ? 'ILIKE' : 'LIKE'} ${statement.bind(`%${operand}%`)}`;
      }
      if (isInsensitive) throw new Unfoldable(`${operator} regardless of case`);
      if (operator === 'in' && Array.isArray(operand)) return `${place} = ANY(${statement.bind(operand)})`;
      if (operator === 'notIn' && Array.isArray(operand)) return `${place} <> ALL(${statement.bind(operand)})`;
      if (operator === 'not' && operand === null) return `${place} IS NOT NULL`;
      if (operator === 'not' && !isRecord(operand)) return `${place} <> ${statement.bind(operand)}`;
      throw new Unfoldable(`the operator ${operator}`);
    }),
  );
}

/** With its keyword; empty where no order is asked for. */
export function orderOf(model: Model, alias: string, orderBy: unknown): string {
  if (orderBy === undefined) return '';
  const keys = (Array.isArray(orderBy) ? orderBy : [orderBy]).flatMap((key: unknown) => {
    if (!isRecord(key)) throw new Unfoldable('an order that is no object');
    return Object.entries(key).map(([name, direction]) => {
      if (direction !== 'asc' && direction !== 'desc') throw new Unfoldable(`an order by ${name}`);
      return `${alias}."${columnOf(model, name).name}" ${direction === 'asc' ? 'ASC' : 'DESC'}`;
    });
  });
  return keys.length === 0 ? '' : ` ORDER BY ${keys.join(', ')}`;
}

export function limitOf(take: unknown): string {
  if (take === undefined) return '';
  if (typeof take !== 'number' || !Number.isInteger(take) || take < 0) throw new Unfoldable('a take that is no count');
  return ` LIMIT ${take}`;
}
