import { pino } from 'pino';
import type { FastifyBaseLogger } from 'fastify';

const talkativeLevels = ['info', 'debug', 'trace'];

/** Whether somebody wants to read of each request. */
export const isTalkative = (level: string): boolean => talkativeLevels.includes(level);

/**
 * pino, to standard error: standard output belongs to the start-up lines. No request is ever logged as a whole, since
 * providers such as MailUp put secrets into its URL: whoever logs says what.
 */
export function openLog(level: string): FastifyBaseLogger {
  return pino({ level }, process.stderr);
}
