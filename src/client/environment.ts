/** A server that a program connects to. */
interface ServerAddress {
  /** Without slashes at its end. */
  readonly url: string;
  readonly token: string | undefined;
}

/**
 * Completes what a program gives by the variables that `understudy run` sets. The token is sent only to the server that
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
  return { url: given, token: token ?? (given === withoutSlashes(ownUrl) ? ownToken : undefined) };
}

const withoutSlashes = (url: string): string => url.replace(/\/+$/, '');
