import { pino } from 'pino';
import type { FastifyBaseLogger } from 'fastify';

/**
 * Opens the log: pino, to standard error, since standard output is for start-up lines. The log never contains a whole
 * request: URLs and bodies carry secrets (MailUp accepts a password in the query). Callers log single, safe fields.
 */
export function openLog(level: string): FastifyBaseLogger {
  return pino({ level }, process.stderr);
}
