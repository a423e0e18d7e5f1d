import type { FastifyLoggerOptions } from 'fastify';

/**
 * pino, to standard error: standard output belongs to the start-up lines. No request is ever logged as a whole, since
 * providers such as MailUp put secrets into its URL: whoever logs says what.
 */
export function logging(level: string): false | FastifyLoggerOptions {
  return level === 'silent' ? false : { level, stream: process.stderr };
}
