// A CSV of ten thousand users in which every twentieth row is bad, in one of 25 ways, with what is expected to be said of it.

/** The customer that the rows are for. */
export interface CsvCustomer {
  /** Has Calling, and so cannot have less. */
  readonly adminEmail: string;
  /** A user that the customer has already, with a number and an extension. */
  readonly present: { readonly email: string; readonly phoneNumber: string; readonly extension: string };
  /** A number that nobody has, at the headquarters. */
  readonly freeNumber: string;
  readonly headquarters: string;
  readonly branch: string;
}

interface Cells {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly package: string;
  readonly locationName: string;
  readonly phoneNumber: string;
  readonly extension: string;
}

const columns = ['firstName', 'lastName', 'email', 'package', 'locationName', 'phoneNumber', 'extension'] as const;

interface BadKind {
  readonly name: string;
  /** Code and column. */
  readonly issue: string;
  readonly spoil: (good: Cells, customer: CsvCustomer) => Partial<Cells>;
}

const without = { phoneNumber: '', extension: '' };

/** Row 2, the first below the header, is good: others try to take what it has. */
const firstRow = 2;

export const badKinds: readonly BadKind[] = [
  { name: 'no first name', issue: 'REQUIRED firstName', spoil: () => ({ firstName: '' }) },
  { name: 'no last name', issue: 'REQUIRED lastName', spoil: () => ({ lastName: ' ' }) },
  { name: 'no e-mail', issue: 'REQUIRED email', spoil: () => ({ email: '' }) },
  { name: 'no e-mail address', issue: 'INVALID_FORMAT email', spoil: ({ lastName }) => ({ email: lastName }) },
  {
    name: 'too long an e-mail',
    issue: 'TOO_LONG email',
    spoil: ({ email }) => ({ email: `${'x'.repeat(250)}${email}` }),
  },
  { name: 'no package', issue: 'REQUIRED package', spoil: () => ({ package: '' }) },
  { name: 'unknown package', issue: 'INVALID_VALUE package', spoil: () => ({ package: 'Telepathy' }) },
  {
    name: 'an add-on for a package',
    issue: 'PACKAGE_NOT_ASSIGNABLE package',
    spoil: () => ({ package: 'Attendant Console', ...without }),
  },
  {
    name: 'a package that the customer lacks',
    issue: 'PACKAGE_NOT_IN_CUSTOMER package',
    spoil: () => ({ package: 'Voice' }),
  },
  {
    name: 'less for the administrator',
    issue: 'ADMIN_PACKAGE_DOWNGRADE package',
    spoil: (_, { adminEmail }) => ({ email: adminEmail, package: 'Meetings', ...without }),
  },
  { name: 'no location', issue: 'REQUIRED locationName', spoil: () => ({ locationName: '' }) },
  { name: 'unknown location', issue: 'NOT_FOUND locationName', spoil: () => ({ locationName: 'Atlantis' }) },
  { name: 'no phone number', issue: 'INVALID_FORMAT phoneNumber', spoil: () => ({ phoneNumber: '555-0100' }) },
  {
    name: 'the number of a present user',
    issue: 'NUMBER_UNAVAILABLE phoneNumber',
    spoil: (_, { present }) => ({ phoneNumber: present.phoneNumber }),
  },
  {
    name: 'a number of another location',
    issue: 'NUMBER_UNAVAILABLE phoneNumber',
    spoil: (_, { freeNumber, branch }) => ({ phoneNumber: freeNumber, locationName: branch }),
  },
  {
    name: 'the number of another row',
    issue: 'DUPLICATE phoneNumber',
    spoil: (_, customer) => ({ phoneNumber: goodCells(firstRow, customer).phoneNumber }),
  },
  { name: 'letters for an extension', issue: 'INVALID_FORMAT extension', spoil: () => ({ extension: 'x12' }) },
  { name: 'an emergency extension', issue: 'EXTENSION_RESERVED extension', spoil: () => ({ extension: '911' }) },
  {
    name: 'the extension of a present user',
    issue: 'EXTENSION_TAKEN extension',
    spoil: (_, { present }) => ({ extension: present.extension }),
  },
  {
    name: 'the extension of another row',
    issue: 'EXTENSION_TAKEN extension',
    spoil: (_, customer) => ({ extension: goodCells(firstRow, customer).extension }),
  },
  {
    name: 'a number without calling',
    issue: 'NUMBER_NOT_ALLOWED phoneNumber',
    spoil: () => ({ package: 'Meetings', extension: '' }),
  },
  {
    name: 'too long a name for calling',
    issue: 'TOO_LONG firstName',
    spoil: () => ({ firstName: 'Maximiliana-Wilhelmine-Charlotte' }),
  },
  {
    name: 'letters that calling does not take',
    issue: 'INVALID_FORMAT lastName',
    spoil: () => ({ lastName: 'Lindström' }),
  },
  {
    name: 'the e-mail of another row',
    issue: 'DUPLICATE email',
    spoil: (_, customer) => ({ email: goodCells(firstRow, customer).email.toUpperCase() }),
  },
  {
    name: 'the e-mail of a present user',
    issue: 'EMAIL_TAKEN email',
    spoil: (_, { present }) => ({ email: present.email }),
  },
];

export interface LargeCsv {
  readonly csv: string;
  readonly goodRows: number;
  /** By row, as a spreadsheet numbers it: kind, and code and column of the issue. */
  readonly bad: ReadonlyMap<number, BadKind>;
  /** As the draft should have them, in the order of the rows. */
  readonly goodEmails: readonly string[];
}

const every = 20;

export function largeCsv(customer: CsvCustomer, rows = 10_000): LargeCsv {
  const bad = new Map<number, BadKind>();
  const goodEmails: string[] = [];
  const lines = Array.from({ length: rows }, (_, index) => {
    const row = firstRow + index;
    const good = goodCells(row, customer);
    const kind = index % every === every - 1 ? badKinds[Math.floor(index / every) % badKinds.length] : undefined;
    if (kind) bad.set(row, kind);
    else goodEmails.push(good.email);
    const cells = kind ? { ...good, ...kind.spoil(good, customer) } : good;
    return columns.map((column) => cells[column]).join(',');
  });
  return { csv: [columns.join(','), ...lines, ''].join('\r\n'), goodRows: rows - bad.size, bad, goodEmails };
}

function goodCells(row: number, { headquarters, branch }: CsvCustomer): Cells {
  return {
    firstName: 'User',
    lastName: `Number${row}`,
    email: `user${row}@large.example`,
    package: 'WEBEX_CALLING',
    locationName: row % 2 === 0 ? headquarters : branch,
    phoneNumber: `+1217${5_000_000 + row}`,
    extension: String(20_000 + row),
  };
}

export interface RejectedRow {
  readonly row: number;
  readonly issues: readonly {
    readonly code: string;
    readonly message: string;
    readonly path: readonly string[];
  }[];
}

/** What differs from what should have been said; empty: nothing. */
export function differences({ bad }: LargeCsv, rejectedRows: readonly RejectedRow[]): string[] {
  const told = new Map(rejectedRows.map(({ row, issues }) => [row, issues]));
  const unexpected = rejectedRows.filter(({ row }) => !bad.has(row)).map(({ row }) => `row ${row} was refused`);
  const wrong = [...bad].flatMap(([row, { name, issue }]) => {
    const found = (told.get(row) ?? []).map(({ code, path }) => `${code} ${path.join('.')}`).join(', ');
    const isExplained = told.get(row)?.every(({ message }) => message.length > 10) ?? false;
    return found === issue && isExplained ? [] : [`row ${row} (${name}): expected ${issue}, found ${found}`];
  });
  return [...unexpected, ...wrong];
}
