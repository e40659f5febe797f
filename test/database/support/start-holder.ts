// Runs holder.ts as a process of its own, which is what can be killed.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const started = z.object({ url: z.string(), attached: z.boolean() });

export interface Holder {
  readonly url: string;
  readonly attached: boolean;
  /** No clean-up of its own: kill -9. */
  kill(): Promise<void>;
}

/** `script`: another copy of holder.ts than the one beside this file. `temporary`: what it takes for the system's /tmp. */
export async function startHolder(
  dataDir: string,
  { script = path.join(import.meta.dirname, 'holder.ts'), temporary }: { script?: string; temporary?: string } = {},
): Promise<Holder> {
  const child = spawn(process.execPath, [script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: temporary === undefined ? {} : { TMPDIR: temporary },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return {
      ...started.parse(JSON.parse(line)),
      async kill() {
        child.kill('SIGKILL');
        await once(child, 'exit');
      },
    };
  }
  throw new Error('the process ended before its PostgreSQL was running');
}
