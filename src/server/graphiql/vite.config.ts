// Builds the GraphiQL page into dist/graphiql, with everything it needs: the page asks no other host for anything.
// The gateway serves the result (routes.ts); nothing else of the project is bundled.

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('page', import.meta.url)),
  // Relative addresses, so that the page also works behind a proxy that adds a path.
  base: './',
  build: {
    outDir: fileURLToPath(new URL('../../../dist/graphiql', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // Monaco is one big module; a warning about it at each build would only train people to ignore warnings.
    chunkSizeWarningLimit: 8_000,
    rolldownOptions: {
      onLog(level, log, report) {
        // "use client" in dependencies is for server rendering and means nothing here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
});
