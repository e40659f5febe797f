// Asks PostgreSQL for one text in one trip: first, where need be, for whom the connection is, then the one value of one row.
// The driver's own query makes a trip of each and an object of each row; this speaks the protocol's messages through the same
// connection. The statements of a trip succeed or fail together.

import type pg from 'pg';

export interface TextQuery {
  /** Prepared once a connection under this name; empty: for this time only. */
  readonly name: string;
  readonly text: string;
  readonly values: readonly (string | null)[];
}

interface DataRow {
  readonly fields: readonly (string | null)[];
}

export class TextRead implements pg.Submittable {
  /** Null also for no row. */
  readonly value: Promise<string | null>;
  readonly #queries: readonly TextQuery[];
  readonly #prepared: Set<string>;
  readonly #resolve: (value: string | null) => void;
  readonly #reject: (error: Error) => void;
  #found: string | null = null;
  #completed = 0;

  /** @param prepared what the connection has prepared so far; what is added stays there when the trip succeeds */
  constructor(queries: readonly TextQuery[], prepared: Set<string>) {
    const { promise, resolve, reject } = Promise.withResolvers<string | null>();
    this.value = promise;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#queries = queries;
    this.#prepared = prepared;
  }

  submit(connection: pg.Connection): void {
    connection.stream.cork();
    for (const { name, text, values } of this.#queries) {
      if (!this.#prepared.has(name)) connection.parse({ name, text, types: [] }, true);
      connection.bind({ statement: name, values: [...values] }, true);
      connection.execute({}, true);
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleDataRow({ fields }: DataRow): void {
    this.#found = fields[0] ?? null;
  }

  handleCommandComplete(): void {
    this.#completed++;
    // What the earlier ones answered is not asked for.
    if (this.#completed < this.#queries.length) this.#found = null;
  }

  handleReadyForQuery(): void {
    for (const { name } of this.#queries) if (name !== '') this.#prepared.add(name);
    this.#resolve(this.#found);
  }

  handleError(error: Error): void {
    this.#reject(error);
  }

  handleRowDescription(): void {
    // Nobody asks for one.
  }
}
