/** The parts of a URI as they were written. A URL parser would change `/x/../callback` and `127.1`. */
export interface UriParts {
  readonly scheme: string;
  readonly userinfo: string | undefined;
  /** Undefined without an authority, and if the authority has no host (`com.example.app:///callback`). */
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly path: string;
  /** Undefined without a question mark. */
  readonly query: string | undefined;
}

/** Ports that a URI with this scheme need not write. */
const defaultPorts: ReadonlyMap<string, string> = new Map(
  Object.entries({
    http: '80',
    https: '443',
    ws: '80',
    wss: '443',
    ftp: '21',
    ldap: '389',
    ldaps: '636',
  }),
);

/** Splits a URI without a fragment into its parts (RFC 3986, appendix B). */
export function splitUri(uri: string): UriParts {
  const [, scheme, authority = '', path, query] = /^([^:/?#]*):?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/.exec(
    uri,
  ) as unknown as [string, string, string | undefined, string, string | undefined];
  const at = authority.lastIndexOf('@');
  const [, host, port] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(authority.slice(at + 1)) as unknown as [
    string,
    string,
    string | undefined,
  ];
  return {
    scheme,
    userinfo: at < 0 ? undefined : authority.slice(0, at),
    host: host === '' ? undefined : host,
    port: port === '' ? undefined : port,
    path,
    query,
  };
}

/** The port of a URI, written or not. */
export function portOf({ scheme, port }: UriParts): string | undefined {
  return port ?? defaultPorts.get(scheme.toLowerCase());
}

/**
 * Writes a URI anew: the scheme in lower case, the default port left out, an empty host or query left out.
 * `com.example.app:///x` becomes `com.example.app:/x`.
 */
export function writeUri(parts: UriParts): string {
  const { userinfo, host, port, path, query } = parts;
  const scheme = parts.scheme.toLowerCase();
  const user = userinfo === undefined ? '' : `${userinfo}@`;
  const written = port === undefined || port === defaultPorts.get(scheme) ? '' : `:${port}`;
  const authority = host === undefined ? '' : `//${user}${host}${written}`;
  return `${scheme}:${authority}${path}${query === undefined || query === '' ? '' : `?${query}`}`;
}
