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

export function createFinishedAnswers(): FinishedAnswers {
  const texts = new WeakMap<object, string>();
  return {
    of(text) {
      const data = {};
      texts.set(data, text);
      return { data };
    },
    stringify(answer) {
      const text = answer.data ? texts.get(answer.data) : undefined;
      return text === undefined ? `${JSON.stringify(answer)}\n` : `{"data":${text}}\n`;
    },
  };
}

export function answeringBy(read: CompiledReads, finished: FinishedAnswers): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      return {
        async responseForOperation({ document, operation, request, contextValue, response }) {
          const text = await read({ document, operation, variables: request.variables ?? {}, context: contextValue });
          if (text === null) return null;
          return { http: response.http, body: { kind: 'single', singleResult: finished.of(text) } };
        },
      };
    },
  };
}
