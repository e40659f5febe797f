// The floor: node:http and pg, one statement that makes the answer's JSON, no GraphQL, nobody asked who they are.

import { createServer } from 'node:http';
import pg from 'pg';
import { z } from 'zod';
import { workloads } from './workloads.ts';

const asked = z.object({ w: z.enum(['W1', 'W2', 'W3', 'W6']), values: z.array(z.unknown()) });
const env = z.object({ DATABASE_URL: z.string(), PORT: z.coerce.number() }).parse(process.env);
const pool = new pg.Pool({ connectionString: env.DATABASE_URL, max: 10, options: '-c TimeZone=UTC' });

createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (part: string) => (body += part));
  request.on('end', () => {
    const { w, values } = asked.parse(JSON.parse(body));
    pool
      .query<[string]>({ name: w, text: workloads[w].sql, values, rowMode: 'array' })
      .then(({ rows }) => {
        const text = rows[0]?.[0] ?? '';
        response.writeHead(200, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(text),
        });
        response.end(text);
      })
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
}).listen(env.PORT, '127.0.0.1', () => process.stdout.write('Ready after nothing\n'));
