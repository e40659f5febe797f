// Every rule of the domain has a test that carries its number: it('S5: …'), describe('S6, S7: …').

import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

const rules: Readonly<Record<string, string>> = {
  T1: 'A template exists before any customer or user is provisioned.',
  T2: 'One template serves many customers, and a partner may have many.',
  T3: 'Webex authentication is the default; SAML needs the entity ID, OpenID Connect the IDP name.',
  T4: "A template's authentication is for new organisations; existing ones keep theirs.",
  T5: 'Naming a PSTN provider is discouraged: a warning, no error.',
  T6: 'Both switches are off by default.',
  T7: 'The provisioning ID exists after the template is submitted.',
  T8: 'A template that customers use is not deleted, and edits do not act back on them.',
  C1: 'A new customer needs name, administrator, template, package and headquarters.',
  C2: 'Without the confirmation of a supported location nothing goes on.',
  C3: "Any region is allowed where the service is offered, whatever the partner's.",
  C4: 'A new customer needs customer information, and a name without a percent sign.',
  C5: 'A calling package needs a location.',
  C6: 'An add-on needs one of its companions.',
  C7: 'Limits are the most that can be assigned.',
  C8: 'The first administrator becomes full administrator of a new organisation.',
  C9: 'Compliance screening runs beside provisioning and does not block it.',
  S1: 'Only a customer that is provisioned is set up.',
  S2: 'A user has first name, last name, e-mail, package and location.',
  S3: 'Phone numbers are for users with a calling package only.',
  S4: 'A calling user needs a number, an extension, or both.',
  S5: 'Administrators have the level of package that the organisation was created with.',
  S6: 'No administrator is downgraded.',
  S7: 'Packages have an order; taking calling or meetings away is a downgrade.',
  S8: "A user's package is one of the customer's, within its limit.",
  S9: 'An e-mail address is used once in Webex; a free account moves with consent.',
  S10: "A number belongs to the user's location and is free.",
  S11: 'Roles can be given to administrators.',
  S12: 'A Setup Assist request is optional.',
  A1: 'Consent is needed where no wholesale partner manages the organisation and one of three facts holds.',
  A2: 'Where none holds it is attached without notice.',
  A3: 'Which right the partner gets follows from licences and consent.',
  A4: '99 users are not asked, 100 are.',
  A5: 'The template must let the mail through that asks for consent.',
  A6: 'Being external administrator beforehand is optional, and may be needed afterwards.',
  A7: 'The first wholesale user of an existing organisation is not made its administrator.',
  A8: 'Existing authentication settings win over the template.',
  A9: "With basic branding the partner's advanced branding prevails.",
  A10: 'The name of the organisation does not change.',
  A11: 'Restricted-by-partner mode is off for an attached organisation.',
  A12: "After attaching the partner's own organisation it is provisioned through the API only.",
  A13: 'Trials cannot be converted.',
  U1: 'The list of packages of an update is complete: what is missing is removed.',
  U2: 'An update of packages carries provisioning parameters.',
  U3: 'Number and location of a user change only from Meetings to a calling package.',
  U4: 'Detaching removes the wholesale services, not the organisation.',
  U5: 'A package that users have is not removed.',
  U6: 'The base package does not go while its add-on stays.',
};

const numbers = /^((?:[TCSAU]\d+)(?:, [TCSAU]\d+)*): /;

/** The names of a file's tests and of what they are gathered under, rows of it.each included. */
function testNames(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isCallExpression(node)) return;
    const callee = node.expression.getText();
    if (!/^(it|describe)\b/.test(callee)) return;
    const [first] = node.arguments;
    if (!first) return;
    if (ts.isStringLiteralLike(first)) found.push(first.text);
    // The rows of a table whose names are its first cells, or its keys.
    if (ts.isArrayLiteralExpression(first)) found.push(...first.elements.flatMap(firstCell));
  };
  visit(source);
  const tables = source.text.matchAll(/^ {2,6}'((?:[TCSAU]\d+): [^']*)': \{$/gm);
  return [...found, ...[...tables].map(([, name = '']) => name)];
}

function firstCell(row: ts.Expression): string[] {
  const cell = ts.isArrayLiteralExpression(row) ? row.elements[0] : row;
  return cell && ts.isStringLiteralLike(cell) ? [cell.text] : [];
}

const files = globSync('test/**/*.test.ts', { cwd: root }).map((file) => file.split(path.sep).join('/'));
const named = new Map<string, string[]>();
for (const file of files) {
  for (const name of testNames(file)) {
    const [, list = ''] = numbers.exec(name) ?? [];
    for (const number of list.split(', ').filter((part) => part !== '')) {
      named.set(number, [...(named.get(number) ?? []), `${file}: ${name}`]);
    }
  }
}

describe('every rule of the domain has a test', () => {
  it.each(Object.entries(rules))('%s. %s', (number) => {
    expect(named.get(number) ?? []).not.toEqual([]);
  });
});

it('no test carries the number of a rule that does not exist', () => {
  expect([...named.keys()].filter((number) => !(number in rules))).toEqual([]);
});
