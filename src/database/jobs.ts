// The job queue (pg-boss): enqueued inside our own transactions, delivered at least once. A job carries ids, never truth.

import { PgBoss, fromPrisma } from 'pg-boss';
import type { Job } from 'pg-boss';
import { inTurn } from './advisory-lock.ts';
import { tenantRole } from './partner-pool.ts';
import type { Transaction } from './transaction.ts';

/** Each queue with how it fails: a job whose worker stopped beating is handed out again, a throwing one after a back-off. */
const queues = {
  'advance-operation': {
    heartbeatSeconds: 10,
    expireInSeconds: 3600,
    retryLimit: 20,
    retryDelay: 1,
    retryDelayMax: 60,
  },
  'register-template': {
    heartbeatSeconds: 10,
    expireInSeconds: 300,
    retryLimit: 1000,
    retryDelay: 2,
    retryDelayMax: 60,
  },
} as const;

export interface JobPayloads {
  'advance-operation': { readonly operationId: string };
  'register-template': { readonly templateId: string };
}
export type QueueName = keyof JobPayloads;

/** Thrown or returned data never reaches the queue's tables: what went wrong is kept on the rows the job is about. */
export type JobHandler<Q extends QueueName> = (payload: JobPayloads[Q], signal: AbortSignal) => Promise<void>;

export interface JobQueue {
  /** Part of the caller's transaction: a rollback leaves no job behind. */
  enqueue<Q extends QueueName>(
    transaction: Transaction,
    queue: Q,
    payload: JobPayloads[Q],
    options?: { readonly delayMs?: number; readonly now?: Date },
  ): Promise<void>;
  /** Works on about so many jobs of the queue at the same time. */
  work<Q extends QueueName>(queue: Q, concurrency: number, handler: JobHandler<Q>): Promise<void>;
  /** Takes no more jobs, waits for those under way (at most timeoutMs), hands back the rest. */
  close(timeoutMs: number): Promise<void>;
}

export interface JobQueueOptions {
  readonly url: string;
  readonly poolSize: number;
  /** True where jobs are worked on: this process then also maintains the queue. */
  readonly worker: boolean;
  readonly onError: (error: Error) => void;
}

/**
 * What the API's role (partner-pool.ts) needs to enqueue a job in a partner's transaction, and no more: jobs stay unreadable.
 * Asked for first, since granting writes to the catalogue and several processes start at once.
 */
const grantEnqueuing = `
  DO $$ BEGIN
    IF NOT has_table_privilege('${tenantRole}', 'pgboss.job_common', 'INSERT') THEN
      GRANT USAGE ON SCHEMA pgboss TO ${tenantRole};
      GRANT SELECT ON pgboss.queue TO ${tenantRole};
      GRANT INSERT, SELECT (id, start_after) ON pgboss.job_common TO ${tenantRole};
    END IF;
  END $$`;

export async function openJobQueue({ url, poolSize, worker, onError }: JobQueueOptions): Promise<JobQueue> {
  const boss = new PgBoss({
    connectionString: url,
    max: poolSize,
    application_name: 'gateway-jobs',
    supervise: worker,
    schedule: false,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    useListenNotify: worker,
  });
  boss.on('error', onError);
  await boss.start();
  await inTurn(url, 'right to enqueue', () => boss.getDb().executeSql(grantEnqueuing));
  for (const [name, options] of Object.entries(queues)) {
    await boss.createQueue(name, { ...options, retryBackoff: true, notify: true, deleteAfterSeconds: 3600 });
  }
  return {
    async enqueue(transaction, queue, payload, options = {}) {
      const startAfter =
        options.delayMs === undefined
          ? {}
          : { startAfter: new Date((options.now ?? new Date()).getTime() + options.delayMs) };
      await boss.send(queue, payload, { ...startAfter, db: fromPrisma(transaction) });
    },
    async work<Q extends QueueName>(queue: Q, concurrency: number, handler: JobHandler<Q>) {
      await boss.work<JobPayloads[Q]>(
        queue,
        {
          // Pairs, because a full batch is what tells pg-boss to fetch again at once while there is a backlog; many fetchers,
          // because each rests between two fetches and delayed jobs wait for whoever fetches next.
          batchSize: 2,
          burstWhenBatchFull: true,
          localConcurrency: Math.max(1, Math.round(concurrency / 2)),
          pollingIntervalSeconds: 1,
          notifyPollingIntervalSeconds: 1,
        },
        async (jobs: Job<JobPayloads[Q]>[]) => {
          // A pair fails together and is handed out again together: a job that is done once more changes nothing.
          const results = await Promise.allSettled(jobs.map((job) => handler(job.data, job.signal)));
          const failure = results.find((result) => result.status === 'rejected');
          if (failure) throw new Error('a job failed; it will be tried again', { cause: failure.reason });
        },
      );
    },
    async close(timeoutMs) {
      await boss.stop({ graceful: true, timeout: timeoutMs, close: true });
    },
  };
}
