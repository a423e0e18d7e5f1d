import { load } from './server-process.js';
import { hasWrk, sendByWrk } from './wrk.js';
import type { Job } from './contenders.js';
import type { Load } from './load-result.js';

const connections = 10;

/** Sends the requests of a job with wrk if it is installed, else with autocannon. Only autocannon uses the number of requests. */
export async function send(job: Job, requests: number): Promise<Load> {
  return hasWrk ? sendByWrk(job, connections) : load<Load>('load.js', { ...job, connections, requests });
}

export const generator = hasWrk ? 'wrk' : 'autocannon';
