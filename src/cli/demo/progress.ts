// Shows an operation while it runs: bars that redraw themselves on a terminal, plain lines anywhere else.

import { z } from 'zod';

export const operationState = z.object({
  status: z.string(),
  nextAction: z.string(),
  progress: z.object({ percent: z.number() }),
  steps: z.array(
    z.object({
      kind: z.string(),
      status: z.string(),
      totalItems: z.number(),
      completedItems: z.number(),
      failedItems: z.number(),
    }),
  ),
});
export type OperationState = z.infer<typeof operationState>;

export interface ProgressView {
  show(title: string, state: OperationState, message: string | null): void;
  end(): void;
}

const barWidth = 28;

export function createProgressView(output: NodeJS.WriteStream): ProgressView {
  return output.isTTY ? bars(output) : lines(output);
}

function bars(output: NodeJS.WriteStream): ProgressView {
  let drawn = 0;
  return {
    show(title, state, message) {
      const rows = [
        `${title}: ${state.status}${state.nextAction === 'WAIT' || state.nextAction === 'NONE' ? '' : ` (${state.nextAction})`}`,
        ...state.steps.map((step) => {
          const share = step.totalItems === 0 ? 0 : step.completedItems / step.totalItems;
          const filled = Math.round(share * barWidth);
          const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
          return `  ${step.kind.padEnd(22)} ${bar} ${step.completedItems}/${step.totalItems} ${step.status}`;
        }),
        `  ${(message ?? '').slice(0, (output.columns || 100) - 4)}`,
      ];
      if (drawn > 0) output.moveCursor(0, -drawn);
      output.cursorTo(0);
      output.clearScreenDown();
      output.write(`${rows.join('\n')}\n`);
      drawn = rows.length;
    },
    end() {
      drawn = 0;
    },
  };
}

function lines(output: NodeJS.WriteStream): ProgressView {
  return {
    show(title, state, message) {
      if (message !== null)
        output.write(`${title} ${String(state.progress.percent).padStart(3)} % ${state.status} ${message}\n`);
    },
    end() {},
  };
}
