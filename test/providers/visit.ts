import { request } from 'node:http';
import { providers } from '../../src/providers/index.js';
import { demo } from '../support.js';
import type { Policy } from '../../src/core/policy.js';
import type { Realm } from '../../src/core/realm.js';
import type { Provider } from '../../src/providers/provider.js';
import type { JournalEntry } from '../../src/world/journal/entry.js';
import type { Scenario } from '../../src/world/scenario/schema/scenario.js';
import type { World } from '../../src/world/world.js';
import type { TestServer } from '../support.js';

export const credentials = { client_id: demo.id, client_secret: demo.secret };
export const other = { client_id: 'other-client', client_secret: 'other-secret' };
export const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
export const auto = (decision: 'allow' | 'deny' = 'allow', user: string = demo.username): Policy['interaction'] => ({
  mode: 'auto',
  user,
  decision,
});

export type Parameters = Readonly<Record<string, string | undefined>>;
export type RealmSetup = NonNullable<Scenario['providers']>[string];

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
  readonly body: string;
}

function form(parameters: Parameters): URLSearchParams {
  return new URLSearchParams(
    Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

let visits = 0;

/** A client of one provider in a new world, with the clock frozen at 2026-01-01T00:00:00Z. */
export class Visit {
  readonly provider: Provider;
  readonly world: World;
  readonly realm: Realm;
  readonly path: string;
  readonly base: string;
  /** The latest session cookie. */
  cookie = '';

  constructor(
    readonly server: TestServer,
    name: string,
    setup: RealmSetup = {},
  ) {
    visits += 1;
    const id = `${name}-${visits}`;
    const redirectUris = [demo.redirectUri, 'http://127.0.0.1:3000/callback'];
    const { clients = [], ...rest } = setup;
    this.world = server.worlds.open({
      id,
      scenario: {
        seed: id,
        clock: { now: '2026-01-01T00:00:00Z', frozen: true },
        providers: {
          [name]: {
            clients: [
              { id: demo.id, secret: demo.secret, name: 'Demo', redirectUris },
              { id: 'other-client', secret: 'other-secret', redirectUris },
              ...clients,
            ],
            users: [
              { username: demo.username, name: 'Ada Lovelace' },
              { username: 'grace@example.test', name: 'Grace Hopper' },
            ],
            ...rest,
            policy: { interaction: auto(), ...rest.policy },
          },
        },
      },
    });
    this.provider = server.worlds.providers.find((each) => each.name === name) ?? providers[0]!;
    this.realm = server.realm(name, id);
    this.path = `/w/${id}/${name}`;
    this.base = server.url + this.path;
  }

  policy(change: Partial<Policy>): this {
    this.realm.policy = { ...this.realm.policy, ...change };
    return this;
  }

  advance(seconds: number): void {
    this.world.clock.set(this.world.clock.now() + seconds * 1000);
  }

  entry(): JournalEntry {
    return this.server.lastEntry(this.world.id);
  }

  /** Sends a request. Does not follow redirects; keeps cookies. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = {
      ...(this.cookie === '' ? {} : { cookie: this.cookie }),
      ...(init.headers as Record<string, string> | undefined),
    };
    const response = await fetch(path.startsWith('http') ? path : this.base + path, {
      redirect: 'manual',
      ...init,
      headers,
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(';')[0]!;
    return response;
  }

  authorizeUrl(parameters: Parameters = {}, path: string = this.provider.endpoints.authorize[0]): string {
    return `${path}?${form({ client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri, ...parameters }).toString()}`;
  }

  authorize(parameters: Parameters = {}): Promise<Response> {
    return this.fetch(this.authorizeUrl(parameters));
  }

  /** Gets a code by automatic approval. */
  async code(parameters: Parameters = {}): Promise<string> {
    const code = location(await this.authorize(parameters)).searchParams.get('code');
    if (code === null) throw new Error(`no code: ${this.entry().explanation}`);
    return code;
  }

  /** A request to the token endpoint, by default with a form in the body. */
  token(
    parameters: Parameters,
    {
      place = 'body',
      method = 'POST',
      headers = {},
      path = this.provider.endpoints.token[0],
    }: { place?: 'body' | 'query' | 'json'; method?: string; headers?: Record<string, string>; path?: string } = {},
  ): Promise<Response> {
    if (place === 'query') return this.fetch(`${path}?${form(parameters).toString()}`, { method, headers });
    const type = place === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
    const body = place === 'json' ? JSON.stringify(parameters) : form(parameters).toString();
    return this.fetch(path, { method, headers: { 'content-type': type, ...headers }, body });
  }

  exchange(code: string, parameters: Parameters = {}): Promise<Response> {
    return this.token({
      ...credentials,
      grant_type: 'authorization_code',
      code,
      redirect_uri: demo.redirectUri,
      ...parameters,
    });
  }

  refresh(refreshToken: string, parameters: Parameters = {}): Promise<Response> {
    return this.token({ ...credentials, grant_type: 'refresh_token', refresh_token: refreshToken, ...parameters });
  }

  /** Gets tokens by the authorization code grant. */
  async pair(parameters: Parameters = {}): Promise<Tokens> {
    return tokens(await this.exchange(await this.code(parameters)));
  }

  /** A call of the provider's API; the path is relative to its base. */
  api(path: string, token?: string, init: RequestInit = {}): Promise<Response> {
    const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return this.fetch(this.provider.endpoints.api[0] + path, {
      ...init,
      headers: { ...authorization, ...(init.headers as Record<string, string> | undefined) },
    });
  }

  /** Starts an authorization, and returns the login page. */
  async begin(parameters: Parameters = {}): Promise<{ url: string; page: string }> {
    this.policy({ interaction: { mode: 'manual' } });
    const sent = await this.authorize(parameters);
    const url = this.server.url + sent.headers.get('location')!;
    return { url, page: await (await this.fetch(url)).text() };
  }

  /** Starts an authorization, logs in, and returns the consent page. */
  async consentPage(parameters: Parameters = {}): Promise<{ url: string; page: string }> {
    const { url, page } = await this.begin(parameters);
    const sent = await this.submit(url, { ...hiddenFields(page), username: demo.username, password: demo.password });
    const consent = this.server.url + sent.headers.get('location')!;
    return { url: consent, page: await (await this.fetch(consent)).text() };
  }

  submit(url: string, parameters: Parameters): Promise<Response> {
    return this.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form(parameters).toString(),
    });
  }
}

export async function tokens(response: Response): Promise<Tokens> {
  const body = await response.text();
  const { access_token, refresh_token } = JSON.parse(body) as { access_token?: string; refresh_token?: string };
  if (access_token === undefined) throw new Error(`no token: ${body}`);
  return { access: access_token, refresh: refresh_token ?? '', body };
}

export function location(response: Response): URL {
  return new URL(response.headers.get('location') ?? '');
}

/** The hidden fields of a page's first form. */
export function hiddenFields(page: string, nth = 0): Record<string, string> {
  const forms = [...page.matchAll(/<form[\s\S]*?<\/form>/g)].map(([text]) => text);
  return Object.fromEntries(
    [...(forms[nth] ?? '').matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name, value]) => [name, value] as [string, string],
    ),
  );
}

/** A request with the Host of the provider, as from a client whose DNS points to Understudy. */
export function withHost(
  server: TestServer,
  host: string,
  path: string,
  method = 'GET',
): Promise<{ status: number; headers: Record<string, string>; body: string }> {
  return new Promise((resolve, reject) => {
    request(server.url + path, { method, headers: { host } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers as Record<string, string>, body });
      });
    })
      .on('error', reject)
      .end();
  });
}

/** The named headers of an answer, with null for a missing one. */
export function pick(response: Response, ...names: string[]): Record<string, string | null> {
  return Object.fromEntries(names.map((name) => [name, response.headers.get(name)]));
}
