// What every command is given.

import type { Database } from '../database/client.ts';
import type { JobQueue } from '../database/jobs.ts';
import type { PlatformDirectory } from './directory.ts';

export interface DomainContext {
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly directory: PlatformDirectory;
  readonly now: () => Date;
  /** How long an untouched wizard draft stays open. */
  readonly draftLifetimeMs: number;
}
