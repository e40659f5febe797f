// Cisco's published OpenAPI files, where they lie beside the repository, as something to hold a request against.

import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { z } from 'zod';
import type { RecordedRequest } from './scripted-server.ts';

const folder = new URL('../../../../shared/openapi/', import.meta.url);
const files = ['webex-wholesale.json', 'webex-companion.json'];
export const isPublished = files.every((file) => existsSync(new URL(file, folder)));

const schema = z.record(z.string(), z.unknown());
const content = z.object({ 'application/json': z.looseObject({ schema: schema.optional() }).optional() });
const operation = z.object({
  parameters: z.array(z.object({ name: z.string(), in: z.string(), schema })).default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ content: content.optional() })),
});
type Operation = z.infer<typeof operation>;
const document = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: schema }),
});

/** The published files do not cover people; this is the writable part of a person in webex-cloud-calling.json. */
const personParameters = [
  { name: 'personId', in: 'path', schema: { type: 'string' } },
  { name: 'callingData', in: 'query', schema: { type: 'string', enum: ['true', 'false'] } },
];
const strings = { type: 'array', items: { type: 'string' } };
const person = {
  type: 'object',
  required: ['displayName'],
  properties: {
    emails: strings,
    phoneNumbers: {
      type: 'array',
      items: {
        type: 'object',
        properties: { type: { enum: ['work'] }, value: { type: 'string' } },
        required: ['type', 'value'],
      },
    },
    displayName: { type: 'string' },
    ...Object.fromEntries(
      [
        'extension',
        'locationId',
        'firstName',
        'lastName',
        'avatar',
        'orgId',
        'department',
        'manager',
        'managerId',
        'title',
      ].map((name) => [name, { type: 'string' }]),
    ),
    roles: strings,
    licenses: strings,
    addresses: { type: 'array' },
    siteUrls: strings,
    loginEnabled: { type: 'boolean' },
  },
};

export interface PublishedOperation {
  readonly method: string;
  readonly path: string;
  readonly pattern: RegExp;
  readonly operation: Operation;
  readonly body: object | null;
}

export function published(): PublishedOperation[] {
  const found = files.flatMap((file) => {
    const { paths, components } = document.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
    return Object.entries(paths).flatMap(([path, methods]) =>
      ['get', 'post', 'put', 'delete'].flatMap((method) => {
        const parsed = operation.safeParse(methods[method]);
        if (!parsed.success) return [];
        const bare = parsed.data.requestBody?.content['application/json']?.schema;
        return [publish(method, path, parsed.data, bare === undefined ? null : { ...bare, components })];
      }),
    );
  });
  const people = { parameters: personParameters, responses: {} };
  return [
    ...found,
    publish('get', '/people/{personId}', people, null),
    publish('put', '/people/{personId}', people, person),
  ];
}

function publish(method: string, path: string, operation: Operation, body: object | null): PublishedOperation {
  const pattern = new RegExp(`^/v1${path.replace(/\{[^}]+\}/g, '[^/]+')}$`);
  return { method: method.toUpperCase(), path, pattern, operation, body };
}

/** Every object with named properties becomes closed, so that an invented field is found. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === 'example' ? null : closed(value)]),
  );
  const names = 'properties' in node && typeof node.properties === 'object' ? Object.keys(node.properties ?? {}) : [];
  const isOpen = names.length === 0;
  return isOpen ? copy : { ...copy, additionalProperties: false };
}

const ajv = new Ajv({ strict: false, allErrors: true });

/** In words, what the specification does not know of this request; empty where it knows everything. */
export function faultsOf(request: RecordedRequest, operations: readonly PublishedOperation[]): string[] {
  const candidates = operations.filter(
    ({ method, pattern }) => method === request.method && pattern.test(request.path),
  );
  // /wholesale/customers/validate also fits /wholesale/customers/{customerId}.
  const match = candidates.toSorted((left, right) => left.path.split('{').length - right.path.split('{').length)[0];
  const name = `${request.method} ${request.path}`;
  if (match === undefined) return [`${name} is not published`];
  const parameters = match.operation.parameters.filter((parameter) => parameter.in === 'query');
  const query = Object.entries(request.query).flatMap(([key, value]) => {
    const parameter = parameters.find((candidate) => candidate.name === key);
    if (parameter === undefined) return [`${name}: query ${key} is not published`];
    const coercing = new Ajv({ strict: false, coerceTypes: 'array' });
    return coercing.validate({ type: 'object', properties: { value: parameter.schema } }, { value })
      ? []
      : [`${name}: query ${key}=${value}`];
  });
  if (match.body === null) return request.body == null ? query : [...query, `${name}: a body where none is published`];
  if (ajv.validate(Object(closed(match.body)), request.body)) return query;
  return [
    ...query,
    ...(ajv.errors ?? []).map(
      (error) => `${name}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
    ),
  ];
}

/** The sample answers of one operation and status. */
export function samplesOf(match: PublishedOperation | undefined, status: string): unknown[] {
  const media = match?.operation.responses[status]?.content?.['application/json'];
  const many = z.object({ examples: z.record(z.string(), z.object({ value: z.unknown() })) }).safeParse(media);
  if (many.success) return Object.values(many.data.examples).map(({ value }) => value);
  const one = z.object({ example: z.unknown() }).safeParse(media);
  return one.success && one.data.example !== undefined ? [one.data.example] : [];
}
