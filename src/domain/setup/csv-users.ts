// The columns of a CSV of users and what one row says: each value checked by itself, as in the form filled in by hand.

import type { PackageCode } from '../../database/generated/enums.ts';
import { packageOfferings } from '../catalogue/packages.ts';
import { excerpt, note } from '../checks.ts';
import type { Problems } from '../checks.ts';
import type { Problem } from '../problem.ts';
import { readCsvTable } from './csv-table.ts';
import type { CsvRecord } from './csv-table.ts';
import { checkSetupUser } from './setup-user.ts';
import type { SetupUser } from './setup-user.ts';
import { setupLimits } from './values.ts';

/** A row of the CSV: its user, or what is wrong with it. Paths name the column. */
export interface UserRow {
  readonly row: number;
  readonly user: SetupUser | null;
  readonly issues: readonly Problem[];
}

const requiredColumns = ['firstName', 'lastName', 'email', 'package', 'locationName'] as const;
const columns = [...requiredColumns, 'phoneNumber', 'extension'] as const;
type Column = (typeof columns)[number];

const columnByKey = new Map<string, Column>(columns.map((column) => [keyOf(column), column]));
/** People write WEBEX_CALLING, webex calling, or the name that Partner Hub shows. */
const packageByKey = new Map<string, PackageCode>(
  Object.values(packageOfferings).flatMap(({ code, name }) => [
    [keyOf(code), code] as const,
    [keyOf(name), code] as const,
  ]),
);

export function readUserRows(problems: Problems, csv: string): UserRow[] {
  const limits = { bytes: setupLimits.csvBytes, rows: setupLimits.users };
  const table = readCsvTable(problems, csv, (name) => columnByKey.has(keyOf(name)), limits);
  if (!table) return [];
  const places = readHeader(problems, table.header);
  return places ? table.records.map((record) => readRow(record, places)) : [];
}

/** Where each column stands. A column without a name is nobody's: spreadsheets leave such at the end. */
function readHeader(problems: Problems, header: readonly string[]): ReadonlyMap<Column, number> | null {
  const before = problems.length;
  const places = new Map<Column, number>();
  const unknown: string[] = [];
  header.forEach((name, place) => {
    const column = columnByKey.get(keyOf(name));
    if (!column) {
      if (name !== '') unknown.push(`"${excerpt(name)}"`);
    } else if (places.has(column)) {
      note(problems, 'DUPLICATE', ['csv'], `The column ${column} is there twice.`);
    } else {
      places.set(column, place);
    }
  });
  if (unknown.length > 0) {
    const message = `Unknown columns: ${unknown.slice(0, 10).join(', ')}. Columns are ${columns.join(', ')}.`;
    note(problems, 'INVALID_VALUE', ['csv'], message);
  }
  const missing = requiredColumns.filter((column) => !places.has(column));
  if (missing.length > 0) note(problems, 'REQUIRED', ['csv'], `Missing columns: ${missing.join(', ')}.`);
  return problems.length === before ? places : null;
}

function readRow({ row, cells }: CsvRecord, places: ReadonlyMap<Column, number>): UserRow {
  const issues: Problems = [];
  const cell = (column: Column): string => cells[places.get(column) ?? -1] ?? '';
  const named = new Set(places.values());
  if (cells.some((text, place) => text !== '' && !named.has(place))) {
    note(issues, 'INVALID_FORMAT', [], 'The row has values outside the columns that the header names.');
  }
  const form = {
    firstName: cell('firstName'),
    lastName: cell('lastName'),
    email: cell('email'),
    package: readPackage(issues, cell('package')),
    locationName: cell('locationName'),
    phoneNumber: cell('phoneNumber'),
    extension: cell('extension'),
  };
  const user = checkSetupUser(issues, [], form, row);
  return { row, user: issues.length === 0 ? user : null, issues };
}

function readPackage(issues: Problems, text: string): PackageCode | null {
  const path = ['package'];
  if (text === '') return note(issues, 'REQUIRED', path, 'A value is required; this one is empty.');
  const code = packageByKey.get(keyOf(text));
  if (code) return code;
  return note(
    issues,
    'INVALID_VALUE',
    path,
    `A package such as WEBEX_CALLING is expected; "${excerpt(text)}" is none of Query.packageOfferings.`,
  );
}

function keyOf(name: string): string {
  return name.toLowerCase().replace(/[\s_]/g, '');
}
