import { load } from './server-process.js';
import { hasWrk, sendByWrk } from './wrk.js';
import type { Job } from './contenders.js';
import type { Load } from './load-result.js';

const connections = 10;

/** Sends a number of requests of a job, with wrk if it is installed, else with autocannon. */
export async function send(job: Job, requests: number): Promise<Load> {
  return hasWrk ? sendByWrk(job, connections, requests) : load<Load>('load.js', { ...job, connections, requests });
}

export const generator = hasWrk ? 'wrk' : 'autocannon';

/** What a reader must know about the figures, if anything. */
export const notComparable = hasWrk
  ? undefined
  : 'wrk is missing. Requests come from autocannon, which sends fewer at a time: the figures are not comparable ' +
    'with those of runs with wrk.';
