import { shellWord } from './shell-word.js';

/** A request as a command. */
export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  /** Options of curl, each with its value as a word of the shell. `--data-raw` and `--form-string` make the body. */
  readonly options: readonly string[];
}

/** A curl command for a POSIX shell, with an option on each line. */
export function curlCommand({ method, url, options }: CurlRequest): string {
  const isPost = options.some((each) => /^--(?:data|form)/.test(each));
  const way =
    method === 'HEAD' ? '--head ' : method === (isPost ? 'POST' : 'GET') ? '' : `--request ${shellWord(method)} `;
  return [`curl ${way}${shellWord(url)}`, ...options].join(' \\\n  ');
}
