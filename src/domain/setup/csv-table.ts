// CSV text as people's spreadsheets write it, read into a table: byte order mark, delimiter, quotes, line ends, blank
// lines. What the columns mean is csv-users.ts's business. Bounded: text, rows and cells.

import { CsvError, parse } from 'csv-parse/sync';
import { note } from '../checks.ts';
import type { Problems } from '../checks.ts';

export interface CsvTable {
  readonly header: readonly string[];
  readonly records: readonly CsvRecord[];
}

export interface CsvRecord {
  /** The row as a spreadsheet numbers it: the header is row 1, blank rows count. */
  readonly row: number;
  readonly cells: readonly string[];
}

export interface CsvLimits {
  readonly bytes: number;
  readonly rows: number;
}

const path = ['csv'];
const delimiters = [',', ';', '\t'];
const tooManyRows = new Error('too many rows');
const maxRowLength = 16 * 1024;
const faults: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted value is opened there and never closed.',
  CSV_MAX_RECORD_SIZE: `the row that follows is longer than ${maxRowLength} characters; perhaps a quoted value is not closed.`,
};

/** @param isColumn Tells a column's name from other text: the delimiter that finds the most of them is the file's. */
export function readCsvTable(
  problems: Problems,
  text: string,
  isColumn: (name: string) => boolean,
  limits: CsvLimits,
): CsvTable | null {
  const bytes = Buffer.byteLength(text);
  if (bytes > limits.bytes) {
    return note(
      problems,
      'TOO_LONG',
      path,
      `At most ${limits.bytes} bytes of CSV are read at once; these are ${bytes}.`,
    );
  }
  const rows = readRows(problems, text, detectDelimiter(text, isColumn), limits.rows + 1);
  if (rows === null) return null;
  const [header, ...records] = rows;
  if (!header || records.length === 0) {
    return note(problems, 'REQUIRED', path, 'A header row and at least one row below it are expected.');
  }
  return { header: header.cells, records };
}

function detectDelimiter(text: string, isColumn: (name: string) => boolean): string {
  const [header = ''] = /^.*\S.*$/m.exec(text.slice(0, maxRowLength).replace(/^\uFEFF/, '')) ?? [];
  const found = delimiters.map((delimiter) => header.split(delimiter).filter((name) => isColumn(unquote(name))).length);
  return delimiters[found.indexOf(Math.max(...found))] ?? ',';
}

function unquote(name: string): string {
  return name.trim().replace(/^"(.*)"$/, '$1');
}

/** Blank rows are counted and left out. Reading ends with the first row too many: what follows costs nothing. */
function readRows(problems: Problems, text: string, delimiter: string, maxRows: number): CsvRecord[] | null {
  const rows: CsvRecord[] = [];
  let row = 0;
  try {
    parse(text, {
      bom: true,
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      trim: true,
      max_record_size: maxRowLength,
      on_record(cells: string[]) {
        row += 1;
        if (cells.some((cell) => cell !== '')) rows.push({ row, cells });
        if (rows.length > maxRows || row > 2 * maxRows) throw tooManyRows;
        return null;
      },
    });
    return rows;
  } catch (error) {
    if (error === tooManyRows) {
      return note(problems, 'TOO_MANY', path, `At most ${maxRows - 1} rows of users are read at once; there are more.`);
    }
    if (!(error instanceof CsvError)) throw error;
    const fault = faults[error.code] ?? 'what follows is no CSV.';
    return note(problems, 'INVALID_FORMAT', path, `The CSV cannot be read beyond row ${row}: ${fault}`);
  }
}
