// Builds the board into dist/board, with everything it needs: the page asks no other host for anything. The gateway serves
// the result (routes.ts).

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('page', import.meta.url)),
  // Relative addresses, so that the page also works behind a proxy that adds a path.
  base: './',
  build: {
    outDir: fileURLToPath(new URL('../../../dist/board', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
  },
});
