import { readConfig } from '../config.js';
import { whyUnanswered } from '../input/fetch-error.js';
import type { Surroundings } from './surroundings.js';

const patienceMs = 2000;

/** `understudy healthcheck`: for HEALTHCHECK and compose, in an image that has no shell. It reads the same options as `serve`. */
export async function run(args: readonly string[], { env, out, err }: Surroundings): Promise<number> {
  const { port, host } = readConfig(args, env);
  const address = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}/__admin/health`;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(patienceMs) });
    (answer.ok ? out : err)(`${url} answered ${answer.status}`);
    return answer.ok ? 0 : 1;
  } catch (error) {
    err(`${url} did not answer: ${whyUnanswered(error)}`);
    return 1;
  }
}
