import { existsSync, readFileSync, readdirSync } from 'node:fs';

const hasSchedstat = existsSync('/proc/self/task') && existsSync('/proc/self/schedstat');
const hasProc = existsSync('/proc/self/stat');

/** Where the processor time of another process comes from; undefined if this system does not tell it. */
export const processorTimeSource = hasSchedstat
  ? '/proc/PID/task/*/schedstat'
  : hasProc
    ? '/proc/PID/stat, in steps of 10 ms'
    : undefined;

/**
 * Processor time that a process used so far, user and system, in microseconds. It is the sum of its threads: V8
 * collects garbage and compiles in threads of its own. NaN where the system does not tell it.
 */
export function processorMicros(pid: number): number {
  if (hasSchedstat) return threadMicros(pid);
  return hasProc ? statMicros(readFileSync(`/proc/${String(pid)}/stat`, 'utf8')) : NaN;
}

function threadMicros(pid: number): number {
  const folder = `/proc/${String(pid)}/task`;
  // The first number is the time on the processor, in nanoseconds.
  const nanos = readdirSync(folder).map((thread) =>
    Number(readFileSync(`${folder}/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return nanos.reduce((sum, each) => sum + each, 0) / 1000;
}

/** Fields 14 and 15 of proc(5): ticks of 10 ms. The name of the program, in brackets, may have spaces. */
export function statMicros(stat: string): number {
  const fields = stat.replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}
