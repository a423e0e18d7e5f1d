import { pino } from 'pino';
import { printable } from './input/printable.js';
import type { FastifyBaseLogger } from 'fastify';

/** Standard error, or an object like it. */
interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Opens the log: pino, to standard error, since standard output is for start-up lines. The log never contains a whole
 * request: URLs and bodies carry secrets (MailUp accepts a password in the query). Callers log single, safe fields.
 * A terminal gets lines for people in place of JSON.
 */
export function openLog(level: string, stderr: Output = process.stderr): FastifyBaseLogger {
  const forPeople = { write: (line: string) => stderr.write(readable(line)) };
  return pino({ level }, stderr.isTTY ? forPeople : stderr);
}

/** Members of every line. */
const usual = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'err']);

/** A line of the log for people, such as `14:03:07 warn a request failed {"status":502}`, and the stack of an error. */
export function readable(json: string): string {
  const line = JSON.parse(json) as {
    readonly level: number;
    readonly time: number;
    readonly msg?: string;
    readonly err?: { readonly stack?: string };
  };
  const others = Object.entries(line).filter(([name]) => !usual.has(name));
  const parts = [
    new Date(line.time).toTimeString().slice(0, 8),
    pino.levels.labels[line.level],
    line.msg,
    others.length === 0 ? undefined : JSON.stringify(Object.fromEntries(others)),
  ].filter((part) => part !== undefined);
  const lines = [parts.join(' '), ...(line.err?.stack?.split('\n') ?? [])];
  return `${lines.map(printable).join('\n')}\n`;
}
