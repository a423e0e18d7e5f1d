import { checkOptions, wrongArgument } from './arguments.js';
import type { AuthorizeOptions } from './page-form.js';

/** Checks the arguments of `authorize`, and returns the URL. */
export function startOfVisit(url: unknown, options: AuthorizeOptions): URL {
  const start = httpUrl(url);
  if (start === undefined) throw wrongArgument('authorize', 'url', url, 'a URL such as http://localhost:3000/connect');
  checkOptions<AuthorizeOptions>('authorize', options, {
    username: 'a text',
    password: 'a text',
    decision: 'a text',
    scopes: 'a list of texts',
    signal: 'an AbortSignal',
  });
  // it would be taken for `allow`
  if (!['allow', 'deny', undefined].includes(options.decision)) {
    throw wrongArgument('authorize', 'decision', options.decision, '"allow" or "deny"');
  }
  return start;
}

function httpUrl(url: unknown): URL | undefined {
  // not by its class: programs with jsdom have another one
  const { href = url } = Object(url) as Partial<URL>;
  if (typeof href !== 'string' || !URL.canParse(href)) return undefined;
  const parsed = new URL(href);
  return /^https?:$/.test(parsed.protocol) ? parsed : undefined;
}
