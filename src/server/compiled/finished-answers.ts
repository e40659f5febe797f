// Hands a finished text through Apollo: the answer's `data` stands for it until the answer is written out.

import type { ApolloServerPlugin } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';
import type { RequestContext } from '../../../schema/context.ts';
import type { CompiledReads } from './compiled-reads.ts';

export interface FinishedAnswers {
  /** An answer with this text as its `data`. */
  of(text: string): FormattedExecutionResult;
  stringify(answer: FormattedExecutionResult): string;
}

/** No field of an answer can have this name. */
const finishedText = 'finished text';

export const finishedAnswers: FinishedAnswers = {
  of: (text) => ({ data: { [finishedText]: text } }),
  stringify(answer) {
    const text = answer.data?.[finishedText];
    return typeof text === 'string' ? `{"data":${text}}\n` : `${JSON.stringify(answer)}\n`;
  },
};

export function answeringBy(read: CompiledReads): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ document, operation, request, contextValue, response }) {
          const text = await read({ document, operation, variables: request.variables ?? {}, context: contextValue });
          if (text === null) return null;
          return { http: response.http, body: { kind: 'single', singleResult: finishedAnswers.of(text) } };
        },
      };
    },
  };
}
