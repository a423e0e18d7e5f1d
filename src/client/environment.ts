import { wrongArgument } from './arguments.js';

/** A server that a program connects to. */
interface ServerAddress {
  /** Without slashes at its end. */
  readonly url: string;
  readonly token: string | undefined;
  /** URLs of HTTPS and of the forward proxy, where the server is that of `understudy run`. */
  readonly entrances: { readonly tlsUrl?: string | undefined; readonly proxyUrl?: string | undefined };
}

/**
 * Fills in what a program leaves out, from the variables of `understudy run`. The token is sent only to the server that
 * it belongs to.
 *
 * @throws Error if there is no URL; ArgumentError if it is none with http or https
 */
export function serverOf(url: string | URL | undefined, token: string | undefined): ServerAddress {
  const { UNDERSTUDY_URL: ownUrl = '', UNDERSTUDY_ADMIN_TOKEN: ownToken } = process.env;
  const given = withoutSlashes(url === undefined ? ownUrl : textOf(url));
  if (given === '') {
    throw new Error(
      'connect() got no URL, and UNDERSTUDY_URL is not set; give the URL, or run the program with understudy run',
    );
  }
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    const [name, value] = url === undefined ? ['UNDERSTUDY_URL', ownUrl] : ['url', url];
    throw wrongArgument('connect', name, value, 'a URL such as http://127.0.0.1:8080');
  }
  if (given !== withoutSlashes(ownUrl)) return { url: given, token, entrances: {} };
  const { UNDERSTUDY_TLS_URL: tlsUrl, UNDERSTUDY_PROXY_URL: proxyUrl } = process.env;
  return { url: given, token: token ?? ownToken, entrances: { tlsUrl, proxyUrl } };
}

/** The address of the server of `understudy run`. Undefined: the program does not run below it. */
export function addressOfRun(): ServerAddress | undefined {
  return (process.env.UNDERSTUDY_URL ?? '') === '' ? undefined : serverOf(undefined, undefined);
}

const withoutSlashes = (url: string): string => url.replace(/\/+$/, '');

/** A URL as text. Not by its class: jsdom has one of its own. What is no URL becomes a text that is none either. */
const textOf = (url: unknown): string =>
  typeof url === 'string' ? url : String((Object(url) as { readonly href?: unknown }).href);
