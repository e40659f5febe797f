// The program: reads the environment, starts the application, says where it is, and ends it in order on a signal.

import { startApp } from './composition.ts';
import { ConfigError, readConfig } from './config.ts';
import { createLog } from './log.ts';

const startedAt = Date.now();

try {
  const config = readConfig();
  const log = createLog(config.logLevel);
  const app = await startApp({ config, log, seed: 'demo' });
  const say = (line: string): boolean => process.stderr.write(`${line}\n`);
  say(`\nReady after ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
  say(`Roles     ${[...config.roles].join(', ')}`);
  if (app.url !== null) {
    if (config.hasGraphiql) say(`GraphiQL  ${app.url}/graphiql`);
    if (config.hasBoard) say(`Board     ${app.url}/board`);
    say(`GraphQL   ${app.url}/graphql  (HTTP and WebSocket)`);
    if (config.usesLocalIssuer) say('A token   npm run token -- --partner acme --role FULL_ADMIN');
  }
  if (app.healthUrl !== null) say(`Health    ${app.healthUrl}/readyz`);
  if (config.roles.has('sandbox') && app.sandboxOrigin !== null) say(`Sandbox   ${app.sandboxOrigin}/sandbox/log`);
  say('End with Ctrl-C.\n');

  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    log.info({ signal }, 'shutting down');
    // A second signal means now.
    process.once(signal, () => process.exit(1));
    await app.close();
    process.exitCode = 0;
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, (received) => void stop(received));
} catch (error) {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exitCode = 1;
}
