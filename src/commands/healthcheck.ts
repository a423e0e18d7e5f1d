import { isWildcard } from '../input/host-name.js';
import { options } from '../config.js';
import { defineCommand } from './command.js';
import { whyUnanswered } from '../input/fetch-error.js';

/** Maximum time of the request, in milliseconds. */
const timeoutMs = 2000;

/**
 * `understudy healthcheck`: checks the health of a running server. It reads the same options as `serve`, so the
 * HEALTHCHECK of an image without a shell needs no arguments.
 */
export const healthcheck = defineCommand({
  name: 'healthcheck',
  summary: 'Check the health of a running server; exit code 1 unless it answers with success',
  options,
  shown: ['host', 'port'],
  async run({ host, port }, { out, err }) {
    const url = healthUrl(host, port);
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
      (answer.ok ? out : err)(`${url} answered ${answer.status}`);
      return answer.ok ? 0 : 1;
    } catch (error) {
      err(`${url} did not answer: ${whyUnanswered(error)}`);
      return 1;
    }
  },
});

function healthUrl(host: string, port: number): string {
  const address = isWildcard(host) ? '127.0.0.1' : host;
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}/__admin/health`;
}
