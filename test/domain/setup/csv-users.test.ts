// CSV as spreadsheets of all kinds write it.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/domain/problem.ts';
import { readUserRows } from '../../../src/domain/setup/csv-users.ts';
import { setupLimits } from '../../../src/domain/setup/values.ts';
import { user } from './facts.ts';

function read(csv: string) {
  const problems: Problem[] = [];
  return { rows: readUserRows(problems, csv), problems };
}

/** What refuses the whole text. */
const refusal = (csv: string) =>
  read(csv).problems.map(({ code, path, message }) => `${code} ${path.join('.')}: ${message}`);
/** Code and column of what is wrong with each row. */
const issues = (csv: string) =>
  read(csv).rows.map(({ row, issues: found }) => [
    row,
    ...found.map(({ code, path }) => `${code} ${path.join('.')}`.trim()),
  ]);

const header = 'firstName,lastName,email,package,locationName,phoneNumber,extension';
const ada = { ...user(2), firstName: 'Ada', email: 'ada@blue.example', locationName: 'Main Street' };
const adaRow = 'Ada,Winter,ada@blue.example,WEBEX_MEETINGS,Main Street,,';

describe('a CSV of users', () => {
  it('names columns like the form by hand, in any order, optional ones left out', () => {
    const csv = 'package,email,locationName,lastName,firstName\nWEBEX_MEETINGS,ADA@blue.example,Main Street,Winter,Ada';
    expect(read(csv)).toEqual({ problems: [], rows: [{ row: 2, user: ada, issues: [] }] });
  });

  it('forgives case, spaces and underscores in names of columns', () => {
    const csv = `First Name,LAST_NAME,e_mail,Package,location name,PHONE NUMBER,Extension\n${adaRow}`;
    expect(read(csv).rows).toEqual([{ row: 2, user: ada, issues: [] }]);
  });

  it.each(['webex_meetings', 'Webex Meetings', 'Meetings', 'WEBEXMEETINGS'])(
    'takes "%s" for WEBEX_MEETINGS',
    (text) => {
      const csv = `${header}\nAda,Winter,ada@blue.example,${text},Main Street,,`;
      expect(read(csv).rows[0]?.user?.package).toBe('WEBEX_MEETINGS');
    },
  );

  it.each([
    ['commas', ','],
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('is told by its header to be separated by %s', (_, delimiter) => {
    const csv = `${header}\n${adaRow}`.replaceAll(',', delimiter);
    expect(read(csv)).toEqual({ problems: [], rows: [{ row: 2, user: ada, issues: [] }] });
  });

  it('may begin with a byte order mark and end its lines like Windows, with or without a last one', () => {
    const csv = `\uFEFF${header}\r\n${adaRow}\r\n${adaRow.replace('Ada', 'Eda')}`;
    expect(read(csv).rows.map((row) => row.user?.firstName)).toEqual(['Ada', 'Eda']);
    expect(read(`${csv}\r\n`)).toEqual(read(csv));
  });

  it('may mix line ends', () => {
    expect(read(`${header}\r\n${adaRow}\n${adaRow}\r\n`).rows.map(({ row }) => row)).toEqual([2, 3]);
  });

  it('may quote values, with delimiters, quotes and spaces around them', () => {
    const csv = `"firstName","lastName",email,package,locationName\n"Ada ""A.""" , "Winter, Dr.",ada@blue.example,Meetings,Main Street`;
    expect(read(csv).rows[0]?.user).toMatchObject({ firstName: 'Ada "A."', lastName: 'Winter, Dr.' });
  });

  it('counts rows as a spreadsheet does: the header is row 1, blank rows count, a quoted line break does not', () => {
    const csv = `\n${header}\n\n${adaRow}\n,,,,,,\n"A\nB",Winter,x@blue.example,Meetings,Main Street,,\n${adaRow}\n\n`;
    expect(issues(csv)).toEqual([[4], [6, 'INVALID_FORMAT firstName'], [7]]);
  });

  it('names what is wrong with a row, column by column', () => {
    const csv = [
      header,
      ',Winter,not an address,WEBEX_TELEPATHY,,12345,911',
      'Ada,Winter,ada@blue.example,,Main Street,,',
      'Ada,Winter,ada@blue.example',
      `${adaRow},left over`,
      'Zoë,"O/Brien",zoe@blue.example,WEBEX_CALLING,Main Street,,20',
    ].join('\n');
    expect(issues(csv)).toEqual([
      [
        2,
        'INVALID_VALUE package',
        'REQUIRED firstName',
        'INVALID_FORMAT email',
        'REQUIRED locationName',
        'INVALID_FORMAT phoneNumber',
        'EXTENSION_RESERVED extension',
      ],
      [3, 'REQUIRED package'],
      [4, 'REQUIRED package', 'REQUIRED locationName'],
      [5, 'INVALID_FORMAT'],
      [6, 'INVALID_FORMAT firstName', 'INVALID_FORMAT lastName'],
    ]);
  });

  it('tolerates unnamed columns as long as they are empty', () => {
    const rows = read(`${header},,\n${adaRow},,\n${adaRow},x,`).rows;
    expect(rows.map(({ user: good }) => good !== null)).toEqual([true, false]);
  });
});

describe('a CSV that is refused as a whole', () => {
  it('lacks columns: one problem names them all', () => {
    expect(refusal('email,package\nada@blue.example,Meetings')).toEqual([
      'REQUIRED csv: Missing columns: firstName, lastName, locationName.',
    ]);
  });

  it('has unknown columns: one problem names them and those there are', () => {
    expect(refusal(`${header},Shoe size,Hat\n${adaRow},43,L`)).toEqual([
      'INVALID_VALUE csv: Unknown columns: "Shoe size", "Hat". ' +
        'Columns are firstName, lastName, email, package, locationName, phoneNumber, extension.',
    ]);
  });

  it('has a column twice', () => {
    expect(refusal(`${header},Email\n${adaRow},x`)).toEqual(['DUPLICATE csv: The column email is there twice.']);
  });

  it.each(['', '\uFEFF', '\n\n', header, `${header}\n\n,,,,,,\n`])('has no users in it (%j)', (csv) => {
    expect(refusal(csv)).toEqual(['REQUIRED csv: A header row and at least one row below it are expected.']);
  });

  it('opens a quote and never closes it', () => {
    expect(refusal(`${header}\n${adaRow}\n"Ada,Winter`)).toEqual([
      'INVALID_FORMAT csv: The CSV cannot be read beyond row 2: a quoted value is opened there and never closed.',
    ]);
  });

  it('has a row that nobody would write', () => {
    expect(refusal(`${header}\n${'x'.repeat(20_000)}`)[0]).toMatch(
      /^INVALID_FORMAT csv: .* longer than 16384 characters/,
    );
  });

  it('is larger than four megabytes, counted in bytes', () => {
    const filler = 'é'.repeat(setupLimits.csvBytes / 2);
    expect(refusal(filler + 'x')[0]).toMatch(/^TOO_LONG csv: At most 4194304 bytes .* 4194305\.$/);
  });

  it('has more rows than a draft holds, blank or not', () => {
    expect(refusal(`${header}\n${'a\n'.repeat(setupLimits.users + 1)}`)[0]).toMatch(
      /^TOO_MANY csv: At most 20000 rows/,
    );
    expect(refusal(`${header}\n${'\n'.repeat(4_000_000)}`)[0]).toMatch(/^TOO_MANY csv/);
  });
});

describe('any table of users', () => {
  const text = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ,;"'.-]{0,20}[A-Za-z]$/);
  const row = fc.record({ firstName: text, lastName: text, locationName: text });
  const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 20 }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        (people, delimiter, lineEnd) => {
          const lines = people.map(({ firstName, lastName, locationName }, index) =>
            [firstName, lastName, `user${index}@blue.example`, 'Meetings', locationName].map(quote).join(delimiter),
          );
          const names = ['firstName', 'lastName', 'email', 'package', 'locationName'].join(delimiter);
          const { rows, problems } = read([names, ...lines].join(lineEnd));
          expect(problems).toEqual([]);
          expect(rows.map((one) => one.user)).toEqual(
            people.map((person, index) => ({ ...user(index + 2), ...person, email: `user${index}@blue.example` })),
          );
        },
      ),
    );
  });
});
