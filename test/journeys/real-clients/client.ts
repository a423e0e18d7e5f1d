/** What a client was given when it was registered, and what the user types. */
export interface Account {
  readonly id: string;
  readonly secret: string;
  readonly username: string;
  readonly password: string;
}

/** What a client keeps between its requests. */
export interface Session {
  /** Of the redirect. */
  readonly code?: string;
  /** The URL that the browser opened at the client, after the redirect. */
  readonly callback?: string;
  readonly accessToken?: string;
  readonly refreshToken?: string;
}

/** A client as its bytes. Each function returns one whole request. */
export interface RealClient {
  /** The project, as people name it. */
  readonly name: string;
  readonly provider: 'mailup' | 'tinyemail' | 'dottedsign';
  readonly account: Account;
  /** The registered redirect URI; undefined for a client that never sends a browser. */
  readonly redirectUri?: string;
  /** Policy fields that the user of this client has to change. */
  readonly policy?: Readonly<Record<string, unknown>>;
  /** The URL that the client sends the browser to, without the origin; undefined for a client without a browser. */
  readonly authorize?: string;
  /** The request that buys tokens; undefined for a client that is given its token. */
  readonly obtain?: (session: Session) => string;
  /** A call of the API. */
  readonly call: (session: Session) => string;
  /** Undefined for a client that cannot refresh. */
  readonly refresh?: (session: Session) => string;
  /** What the client reads from the answer of its call; a value that is undefined makes the client fail. */
  readonly reads: (answer: unknown) => unknown;
}

/** A request from its head and its body. The line ends are CRLF, and a body adds no line end. */
export function bytes(head: readonly string[], body = ''): string {
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** `encodeURIComponent` of Ruby's Faraday: a blank is a plus, and of the marks only `.`, `-`, `~` and `_` stay. */
export function faradayEscape(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/** HTTP Basic without any encoding of id and secret. */
export function rawBasic({ id, secret }: Account): string {
  return `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
}

/** A field of a JSON answer, by its path: `Items.0.idList`. */
export function field(answer: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (Object(value) as Readonly<Record<string, unknown>>)[name], answer);
}
