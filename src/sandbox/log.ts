// What the sandbox writes into the program's log. Fits a pino logger. The log of requests is journal.ts.

export interface SandboxLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
