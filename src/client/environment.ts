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
 * @throws Error if there is no URL
 */
export function serverOf(url: string | undefined, token: string | undefined): ServerAddress {
  const { UNDERSTUDY_URL: ownUrl = '', UNDERSTUDY_ADMIN_TOKEN: ownToken } = process.env;
  const given = withoutSlashes(url ?? ownUrl);
  if (given === '') {
    throw new Error(
      'connect() got no URL, and UNDERSTUDY_URL is not set; give the URL, or run the program with understudy run',
    );
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
