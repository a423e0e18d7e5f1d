import { atHost } from '../at-host.js';
import { beginning, openFile } from './open-file.js';
import type { Test } from 'tap';
import type { World } from '../../../src/client/index.js';

/** An answer with its body as it was sent. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** How a request to the token endpoint is sent. */
export interface Sending {
  /** Form is the default; query leaves the body empty. */
  readonly as?: 'form' | 'json' | 'query';
  /** Id and secret by Basic. Undefined: those of the client; null: no header. */
  readonly basic?: readonly [string, string] | null;
  /** Default: the first token path. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A call of the API. Default: GET without a body. */
export interface Calling {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export const clientId = 'understudy-client';
export const clientSecret = 'understudy-secret';
/** Id and secret as parameters. */
export const credentials = { client_id: clientId, client_secret: clientSecret };
export const redirectUri = 'http://localhost:3000/callback';
/** The user who logs in. */
export const username = 'ada@example.test';
/** A server with one file of the shelf. Its clock is stopped, and its user allows every request. */
export async function serve(t: Test, name: string): Promise<Brand> {
  const server = await openFile(t, name);
  const world = server.world();
  await world.clock.set({ now: beginning, frozen: true });
  const brand = new Brand(world, name, server.url, (await world.info()).providers[name]!);
  await brand.answerAs('allow');
  return brand;
}

/** One provider of a server, as a client sees it. */
export class Brand {
  constructor(
    readonly world: World,
    readonly name: string,
    readonly serverUrl: string,
    readonly urls: { readonly baseUrl: string; readonly authorizeUrl: string; readonly tokenUrl: string },
  ) {}

  /** Whether the user allows or denies what follows. */
  async answerAs(decision: 'allow' | 'deny'): Promise<void> {
    await this.world.providers.policy({
      provider: this.name,
      interaction: { mode: 'auto', user: username, decision },
    });
  }

  /** The answer of the authorization endpoint. */
  async ask(parameters: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      state: 'xyz',
      ...parameters,
    });
    return answerOf(await fetch(`${this.urls.authorizeUrl}?${query.toString()}`, { redirect: 'manual' }));
  }

  /** The URL of the redirect back. */
  async back(parameters: Readonly<Record<string, string>> = {}): Promise<URL> {
    const { headers, status, text } = await this.ask(parameters);
    const location = headers.get('location');
    if (location === null) throw new Error(`no redirect: ${status} ${text}`);
    return new URL(location);
  }

  /** A code for the given parameters. */
  async code(parameters: Readonly<Record<string, string>> = {}): Promise<string> {
    const url = await this.back(parameters);
    const code = url.searchParams.get('code');
    if (code === null) throw new Error(`no code: ${url.href}`);
    return code;
  }

  /** A request to the token endpoint, or another one that authenticates the client. */
  async token(
    fields: Readonly<Record<string, string>>,
    { as = 'form', basic = [clientId, clientSecret], path, headers = {} }: Sending = {},
  ): Promise<Answer> {
    const url = path === undefined ? this.urls.tokenUrl : this.urls.baseUrl + path;
    const query = as === 'query' ? `?${new URLSearchParams(fields).toString()}` : '';
    const body = as === 'form' ? new URLSearchParams(fields) : as === 'json' ? JSON.stringify(fields) : undefined;
    return answerOf(
      await fetch(url + query, {
        method: 'POST',
        headers: {
          ...(basic === null ? {} : { authorization: `Basic ${btoa(basic.join(':'))}` }),
          ...(as === 'json' ? { 'content-type': 'application/json' } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
      }),
    );
  }

  /** The exchange of a code. */
  exchange(code: string, fields: Readonly<Record<string, string>> = {}, sending: Sending = {}): Promise<Answer> {
    return this.token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, ...fields }, sending);
  }

  /** The exchange of a refresh token. */
  refresh(token: string, fields: Readonly<Record<string, string>> = {}, sending: Sending = {}): Promise<Answer> {
    return this.token({ grant_type: 'refresh_token', refresh_token: token, ...fields }, sending);
  }

  /** A call of the API. */
  async call(path: string, token: string | undefined, init: Calling = {}): Promise<Answer> {
    return answerOf(
      await fetch(this.urls.baseUrl + path, {
        ...init,
        headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...init.headers },
      }),
    );
  }

  /** A call at a real host. */
  async atHost(host: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const { headers: received, ...answer } = await atHost(this.serverUrl, host, path, { headers });
    const lines = Object.entries(received).flatMap(([name, value]) =>
      [value ?? []].flat().map((text): [string, string] => [name, text]),
    );
    return { ...answer, headers: new Headers(lines) };
  }
}

const answerOf = async (response: Response): Promise<Answer> => ({
  status: response.status,
  text: await response.text(),
  headers: response.headers,
});

/** The tokens of an answer, which has the status 200. */
export function tokensOf({ status, text }: Answer): { access: string; refresh: string } {
  if (status !== 200) throw new Error(`${status} ${text}`);
  const { access_token: access, refresh_token: refresh } = JSON.parse(text) as Readonly<Record<string, string>>;
  return { access: String(access), refresh: String(refresh) };
}

const requestIds =
  /("(?:request_id|Instance|instance)":")[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"/g;

/** Status and body, for comparisons. The id of the request, another one each time, is the word UUID. */
export const told = ({ status, text }: Answer): [number, string] => [status, text.replace(requestIds, '$1UUID"')];
