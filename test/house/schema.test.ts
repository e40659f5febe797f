// The printed schema: current, the same every time, described throughout, and made the way all of it is made.

import { readFileSync } from 'node:fs';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  validateSchema,
} from 'graphql';
import type { GraphQLNamedType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../schema/index.ts';
import { printedSchema, schemaFile } from '../../schema/print-schema.ts';
import { problemTypes } from '../../src/domain/problem.ts';

interface Described {
  readonly place: string;
  readonly name: string;
  readonly description: string | null | undefined;
}

const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const ownTypes = types.filter(({ name }) => !['Boolean', 'Float', 'ID', 'Int', 'String'].includes(name));

function describedParts(type: GraphQLNamedType): Described[] {
  const parts: Described[] = [{ place: type.name, name: type.name, description: type.description }];
  if (isEnumType(type)) {
    for (const { name, description } of type.getValues())
      parts.push({ place: `${type.name}.${name}`, name, description });
  }
  if (isInputObjectType(type)) {
    for (const { name, description } of Object.values(type.getFields())) {
      parts.push({ place: `${type.name}.${name}`, name, description });
    }
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    for (const { name, description, args } of Object.values(type.getFields())) {
      parts.push({ place: `${type.name}.${name}`, name, description });
      for (const arg of args) {
        parts.push({ place: `${type.name}.${name}(${arg.name})`, name: arg.name, description: arg.description });
      }
    }
  }
  return parts;
}

const parts = ownTypes.flatMap(describedParts);

/** As a set of words: "The customer's company name." and companyName come down to much the same. */
function words(text: string): string[] {
  const fillers = ['a', 'an', 'the', 'of', 'this', 'is', 'its', 's'];
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !fillers.includes(word));
}

function fieldsOf(name: string) {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`${name} is no object type`);
  return Object.values(type.getFields());
}

describe('the schema file', () => {
  it('is current', () => {
    expect(readFileSync(schemaFile, 'utf8')).toBe(printedSchema());
  });

  it('comes out the same every time', () => {
    expect(printedSchema()).toBe(printedSchema());
  });

  it('is a valid schema', () => {
    expect(validateSchema(schema)).toEqual([]);
  });
});

describe('descriptions', () => {
  it('stand on everything, as sentences', () => {
    const bad = parts.filter(({ description }) => !/^\S[^]*[.:]$/.test(description ?? ''));
    expect(bad.map(({ place }) => place)).toEqual([]);
  });

  it('never merely repeat the name', () => {
    const repeating = parts.filter(({ name, description }) => {
      const own = words(name);
      return words(description ?? '').every((word) => own.includes(word));
    });
    expect(repeating.map(({ place }) => place)).toEqual([]);
  });

  it('of enums that clients receive tell them to expect new values', () => {
    const received = new Set(
      ownTypes
        .filter((type) => isObjectType(type) || isInterfaceType(type))
        .flatMap((type) => Object.values(type.getFields()).map((field) => getNamedType(field.type)))
        .filter(isEnumType),
    );
    const silent = [...received].filter(({ description }) => !description?.includes('New values may be added'));
    expect(received.size).toBeGreaterThan(20);
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});

describe('mutations', () => {
  it.each(fieldsOf('Mutation'))('$name takes one input and answers a nullable payload with user errors', (mutation) => {
    const capitalised = mutation.name.charAt(0).toUpperCase() + mutation.name.slice(1);
    expect(mutation.args.map(({ name, type }) => `${name}: ${String(type)}`)).toEqual([`input: ${capitalised}Input!`]);
    expect(String(mutation.type)).toBe(`${capitalised}Payload`);
    const fields = fieldsOf(`${capitalised}Payload`);
    expect(String(fields.find(({ name }) => name === 'userErrors')?.type)).toBe('[UserError!]!');
    const entities = fields.filter(({ type }) => isObjectType(getNamedType(type)) && !String(type).startsWith('['));
    expect(entities.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
  });
});

describe('user errors', () => {
  it('know every code of the domain, and no other', () => {
    const codes = schema.getType('UserErrorCode');
    const known = isEnumType(codes) ? codes.getValues().map(({ name }) => name) : [];
    expect(known.toSorted()).toEqual(Object.keys(problemTypes).toSorted());
  });

  it('have a type for every kind of problem', () => {
    const implementing = ownTypes.filter(
      (type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'UserError'),
    );
    expect(implementing.map(({ name }) => name).toSorted()).toEqual(
      [...new Set<string>(Object.values(problemTypes))].toSorted(),
    );
  });
});
