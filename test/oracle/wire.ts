import { Agent, request } from 'node:http';
import { demo } from '../support.js';
import type { IncomingHttpHeaders } from 'node:http';

/** The clients that both servers had when the answers were recorded. */
export const clients: readonly OracleClient[] = [
  {
    id: 'app',
    secret: 'app-secret',
    name: 'App',
    redirectUris: [
      'https://client.example/cb',
      'http://127.0.0.1:3000/callback',
      'http://localhost:3000/callback',
      'https://client.example/q?a=1&b=2',
      'com.example.app:/cb',
      'com.example.app://cb/x',
    ],
    confidential: true,
  },
  confidential('single', 'single-secret', 'https://single.example/cb'),
  confidential('other', 'other-secret', 'https://client.example/cb'),
  { id: 'public', name: 'Public', redirectUris: ['https://public.example/cb'], confidential: false },
  {
    ...confidential('narrow', 'narrow-secret', 'https://narrow.example/cb'),
    scopes: ['sign_tasks.general.read', 'files.general.read'],
  },
  confidential('odd%2Bid+', 's+%3A:/=&x', 'https://odd.example/cb'),
  confidential('oob', 'oob-secret', 'urn:ietf:wg:oauth:2.0:oob'),
  confidential('bare', 'bare-secret'),
];

interface OracleClient {
  readonly id: string;
  readonly secret?: string;
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly scopes?: readonly string[];
  readonly confidential: boolean;
}

function confidential(id: string, secret: string, ...redirectUris: string[]): OracleClient {
  return { id, secret, name: id, redirectUris, confidential: true };
}

/** The first registered redirect URI of a client. */
export const uriOf = (id: string): string | undefined => clients.find((each) => each.id === id)?.redirectUris[0];

export type Parameters = Readonly<Record<string, string | undefined>>;
/** Text is sent as it is. A list of pairs can repeat a name. */
export type Form = string | Parameters | readonly (readonly [string, string | undefined])[];

/** `application/x-www-form-urlencoded`, without undefined values. */
export function form(parameters: Form): string {
  if (typeof parameters === 'string') return parameters;
  const list = isList(parameters) ? parameters : Object.entries(parameters);
  return new URLSearchParams(
    list.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as [string, string]])),
  ).toString();
}

const isList = (parameters: Exclude<Form, string>): parameters is Extract<Form, readonly unknown[]> =>
  Array.isArray(parameters);

/** Name-value pairs for `form`, where a name is to be repeated. */
export const pairs = (parameters: Parameters): [string, string | undefined][] => Object.entries(parameters);

/** An `Authorization` header of HTTP Basic, without any encoding of id and secret. */
export function basic(id: string, secret: string, scheme = 'Basic'): { authorization: string } {
  return { authorization: `${scheme} ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
}

/** An `Authorization` header of a bearer token. */
export const bearer = (token: string, scheme = 'Bearer '): { authorization: string } => ({
  authorization: `${scheme}${token}`,
});

/** Client credentials as parameters. */
export function credentials(id = 'app'): { client_id: string; client_secret: string } {
  return { client_id: id, client_secret: clients.find((each) => each.id === id)?.secret ?? '' };
}

/** The resource owner of all authorizations. */
export const owner = { username: demo.username, password: demo.password };

export interface WireRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** The server as the reader of an answer sees it. */
export interface Origin {
  readonly url: string;
  /** The path below which the provider is. */
  readonly prefix: string;
  /** The path of a `Location` below the prefix; undefined for another server's. */
  ownPath(location: string | undefined): string | undefined;
}

/** An answer, and the server that gave it. */
export interface Answer extends WireAnswer {
  readonly server: Origin;
}

/** One connection for all requests, as the recorded run had. */
export const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Sends one request as given: it adds only `Host`, `Connection` and the length. */
export function send(url: string, { method = 'GET', path, headers = {}, body }: WireRequest): Promise<WireAnswer> {
  const { hostname, port } = new URL(url);
  const length: Record<string, string | number> =
    body === undefined || 'content-length' in headers ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, method, path, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
