// What is derived from the printed schema: typed documents for the tests and for the board, from the .graphql files of each.

import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: 'schema/schema.graphql',
  importExtension: '.ts',
  generates: {
    'test/generated/': {
      documents: ['test/**/*.graphql'],
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { DateTime: 'string', EventCursor: 'string' },
      },
    },
    'src/server/board/page/generated/': {
      documents: ['src/server/board/page/documents/*.graphql'],
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        // Text, which is sent as it is.
        documentMode: 'string',
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { DateTime: 'string', EventCursor: 'string' },
      },
    },
  },
};

export default config;
