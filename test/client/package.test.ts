// What somebody gets who installs this package for its client: JavaScript and types that need nothing of the server.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from 'vite';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
const consumer = mkdtempSync(path.join(os.tmpdir(), 'client-consumer-'));
const installed = path.join(consumer, 'node_modules/webex-wholesale-gateway');
const program = path.join(consumer, 'consumer.ts');

/** As npm would install it: what the package is packed with, and beside it what the client itself imports. */
beforeAll(() => {
  mkdirSync(installed, { recursive: true });
  cpSync(path.join(root, 'package.json'), path.join(installed, 'package.json'));
  cpSync(path.join(root, 'schema/schema.graphql'), path.join(installed, 'schema/schema.graphql'));
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const output = path.join(installed, 'dist/client');
  execFileSync(process.execPath, [compiler, '-p', 'src/client', '--outDir', output], { cwd: root });
  for (const name of ['graphql', 'graphql-ws', '@graphql-typed-document-node']) {
    symlinkSync(path.join(root, 'node_modules', name), path.join(consumer, 'node_modules', name));
  }
  writeFileSync(path.join(consumer, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    program,
    `import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
     import { createLiveClient } from 'webex-wholesale-gateway/client';
     import type { LiveState } from 'webex-wholesale-gateway/client';
     declare const document: TypedDocumentNode<{ readonly events: { readonly cursor: string } }, { after?: string | null }>;
     const live = createLiveClient({ url: 'ws://127.0.0.1:1/graphql', token: () => 'token' });
     const state: LiveState = live.state;
     for await (const delivery of live.follow({ document, variables: {} })) {
       if (delivery.kind === 'RESET') { const nothing: null = delivery.data; void nothing; continue; }
       const cursor: string = delivery.data.events.cursor;
       void cursor;
       // @ts-expect-error -- not selected
       void delivery.data.events.event;
     }
     // @ts-expect-error -- no variable of the document
     live.follow({ document, variables: { before: 1 } });
     export { state };`,
  );
}, 120_000);
afterAll(() => rmSync(consumer, { recursive: true }));

describe('the package', () => {
  it.each(['nodenext', 'bundler'] as const)(
    'has types that a consumer can check against (%s)',
    (resolution) => {
      const isNode = resolution === 'nodenext';
      const checked = ts.createProgram([program], {
        strict: true,
        noEmit: true,
        target: ts.ScriptTarget.ES2022,
        module: isNode ? ts.ModuleKind.NodeNext : ts.ModuleKind.ESNext,
        moduleResolution: isNode ? ts.ModuleResolutionKind.NodeNext : ts.ModuleResolutionKind.Bundler,
        lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
        types: [],
      });
      // What other packages' own types say about each other is not ours to check.
      const found = ts
        .getPreEmitDiagnostics(checked)
        .filter(({ file }) => !file || file.fileName === program || file.fileName.includes('webex-wholesale-gateway'))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
      expect(found).toEqual([]);
    },
    120_000,
  );

  it('runs in Node', () => {
    const script = `
      import { createLiveClient } from 'webex-wholesale-gateway/client';
      import { LiveError } from 'webex-wholesale-gateway/client';
      const live = createLiveClient({ url: 'http://127.0.0.1:1/graphql', token: () => 'token' });
      process.stdout.write([live.state.status, typeof LiveError].join());`;
    const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: consumer });
    expect(output.toString()).toBe('IDLE,function');
  });

  it('has the schema', () => {
    const resolved = execFileSync(
      process.execPath,
      ['--input-type=commonjs', '--print', "require.resolve('webex-wholesale-gateway/schema.graphql')"],
      { cwd: consumer },
    );
    expect(readFileSync(resolved.toString().trim(), 'utf8')).toContain('type Subscription');
  });

  it('is packed with nothing of the server', () => {
    const { files } = z
      .object({ files: z.array(z.string()) })
      .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
    expect(files).toEqual(['dist/client', 'schema/schema.graphql']);
  });
});

describe('a bundle for browsers', () => {
  it('holds the client, the protocol and a part of graphql, and nothing of Node or of the server', async () => {
    const result = await build({
      configFile: false,
      root,
      logLevel: 'silent',
      build: {
        write: false,
        target: 'es2022',
        lib: { entry: path.join(root, 'src/client/live-client.ts'), formats: ['es'] },
      },
    });
    const outputs = Array.isArray(result) ? result : 'output' in result ? [result] : [];
    const chunks = outputs.flatMap(({ output }) => output).filter((item) => item.type === 'chunk');
    expect(chunks).toHaveLength(1);
    const [chunk] = chunks;
    const modules = (chunk?.moduleIds ?? []).map((id) => path.relative(root, id).split(path.sep).join('/'));
    const places = new Set(modules.map((id) => id.split('/').slice(0, 2).join('/')));
    expect([...places].sort()).toEqual(['node_modules/graphql', 'node_modules/graphql-ws', 'src/client']);
    expect(chunk?.imports).toEqual([]);
    expect(gzipSync(chunk?.code ?? '').length).toBeLessThan(20_000);
  });
});
