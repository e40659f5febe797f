// Writing values as JSON the way GraphQL completes them, put together once for a document. What GraphQL would report as an error
// is thrown here: the ordinary execution then says it.

import { isListType, isNonNullType } from 'graphql';
import type { GraphQLLeafType, GraphQLOutputType } from 'graphql';
import { isPromise } from './records.ts';
import type { Run } from './run.ts';
import { Unfoldable } from './unfoldable.ts';

export type Written = string | Promise<string>;
export type Write = (value: unknown, run: Run) => Written;

export interface FieldWriter {
  /** What stands before its value: comma, name, colon. */
  readonly before: string;
  readonly write: Write;
}

export function writeObject(fields: readonly FieldWriter[]): Write {
  return (value, run) => {
    const pieces = new Pieces();
    pieces.add('{');
    for (const { before, write } of fields) {
      pieces.add(before);
      pieces.add(write(value, run));
    }
    pieces.add('}');
    return pieces.end();
  };
}

/** @param writeItem of what is neither a list nor null */
export function writeType(type: GraphQLOutputType, writeNamed: Write): Write {
  if (isNonNullType(type)) {
    const write = writeType(type.ofType, writeNamed);
    return (value, run) => {
      const written = write(value, run);
      if (written === 'null') throw new Unfoldable('null where none may be');
      return isPromise(written) ? written.then(refuseNull) : written;
    };
  }
  const write = isListType(type) ? writeList(writeType(type.ofType, writeNamed)) : writeNamed;
  return (value, run) => {
    if (value === null || value === undefined) return 'null';
    if (value instanceof Error) throw value;
    return write(value, run);
  };
}

function refuseNull(written: string): string {
  if (written === 'null') throw new Unfoldable('null where none may be');
  return written;
}

function writeList(writeItem: Write): Write {
  return (value, run) => {
    if (!Array.isArray(value)) throw new Unfoldable('a list that is no array');
    const pieces = new Pieces();
    pieces.add('[');
    let isFirst = true;
    for (const item of value as readonly unknown[]) {
      if (!isFirst) pieces.add(',');
      isFirst = false;
      pieces.add(isPromise(item) ? item.then((found) => writeItem(found, run)) : writeItem(item, run));
    }
    pieces.add(']');
    return pieces.end();
  };
}

export function writeLeaf(type: GraphQLLeafType): Write {
  return (value) => {
    const serialized: unknown = type.serialize(value);
    if (serialized === undefined || serialized === null) throw new Unfoldable(`no value of ${type.name}`);
    return JSON.stringify(serialized);
  };
}

/** Texts in order, and promises of texts. */
export class Pieces {
  #text = '';
  #waiting: Written[] | null = null;

  add(piece: Written): void {
    if (typeof piece === 'string') {
      this.#text += piece;
      return;
    }
    // Whoever waits for the whole hears of a failure; until then nobody listens.
    piece.catch(() => undefined);
    this.#waiting ??= [];
    this.#waiting.push(this.#text, piece);
    this.#text = '';
  }

  /** A promise if any of them was one. */
  end(): Written {
    return this.#waiting ? joined([...this.#waiting, this.#text]) : this.#text;
  }
}

async function joined(pieces: readonly Written[]): Promise<string> {
  let text = '';
  for (const piece of pieces) text += typeof piece === 'string' ? piece : await piece;
  return text;
}
