import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

/** An answer with its body as it was sent. */
export interface AnswerAtHost {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** What a request has beside its host and its path. With a form it is a POST. */
export interface RequestAtHost {
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A request with the Host of a provider, by Node's own client: fetch sends no other Host than that of the URL. Its world
 * is `default`.
 *
 * @param server the URL of Understudy
 */
export function atHost(
  server: string,
  host: string,
  path: string,
  { form, headers = {} }: RequestAtHost = {},
): Promise<AnswerAtHost> {
  const type = form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const options = { method: form === undefined ? 'GET' : 'POST', headers: { host, ...type, ...headers } };
  return new Promise((resolve, reject) => {
    const asked = request(server + path, options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => (text += part));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
      });
    });
    asked.on('error', reject).end(form === undefined ? undefined : new URLSearchParams(form).toString());
  });
}
