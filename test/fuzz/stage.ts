import { connect } from 'node:net';
import { kinds } from '../../src/faults/kinds/index.js';
import { providers } from '../../src/providers/index.js';
import { formsOf } from '../journeys/browserless.js';
import { Target } from './target.js';
import type { Socket } from 'node:net';
import type { Fault } from '../../src/faults/kinds/index.js';
import type { Provider } from '../../src/providers/provider.js';
import type { Told } from './target.js';

/** A waiting page, with the cookie and form fields that the browser would send. */
export interface Page {
  readonly authorization: string;
  readonly cookie: string;
  readonly form: Readonly<Record<string, string>>;
}

/** Existing ids, secrets, codes, tokens and pages of one provider. */
export interface Holdings {
  readonly provider: Provider;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  readonly password: string;
  readonly code: string;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly login: Page;
  readonly consent: Page;
}

export const redirectUri = 'http://localhost:3000/callback';
export const adminToken = 'Adm1n-0f-the-fuzzed-server';
export const otherWorld = 'other';
/** A world that gets no requests and must not change. */
export const bystander = 'bystander';
/** A fault for admin calls; it matches no request. */
export const harmlessFault = 'harmless';
const clientId = 'fuzzed-client';
const username = 'ada@example.test';
const passwordOf = (name: string): string => `Passw0rd-of-ada-at-${name}`;
const secretOf = (name: string): string => `S3cret-of-the-client-at-${name}`;

/** A fixed seed and a frozen clock: issued values are the same after each restore. */
export const scenario = {
  seed: 'fuzzed',
  clock: { now: '2026-01-01T00:00:00Z', frozen: true },
  faults: [{ id: harmlessFault, match: { path: '/nowhere' }, fault: { kind: 'pass' } }],
  providers: Object.fromEntries(
    providers.map(({ name }) => [
      name,
      {
        clients: [
          {
            id: clientId,
            secret: secretOf(name),
            name: 'The fuzzed client',
            redirectUris: [redirectUri, `${redirectUri}?a=b`],
          },
          { id: 'rival', secret: `Riva1-secret-at-${name}`, redirectUris: [redirectUri] },
        ],
        users: [
          { id: username, username, password: passwordOf(name), name: 'Ada' },
          { id: 'grace@example.test', password: `Passw0rd-of-grace-at-${name}` },
        ],
      },
    ]),
  ),
};

/** A fault that ends soon. */
function brief(fault: Fault): Fault {
  if (fault.kind === 'delay') return { kind: 'delay', for: '1ms' };
  if (fault.kind === 'drip') return { kind: 'drip', every: '1ms' };
  if (fault.kind === 'hold') return { kind: 'hold', until: 2, atMost: '20ms' };
  return fault;
}

/** A server with a world whose secrets are all known, and that can be restored. */
export class Stage {
  target: Target;
  /** Admin calls need the token. */
  readonly guarded: boolean;
  holdings: readonly Holdings[] = [];
  /** Every issued secret, with its kind. */
  readonly secrets = new Map<string, string>();
  /** Snapshot of the initial world. */
  snapshot = '';
  #listeners: readonly Socket[] = [];
  readonly #loggedInAt = new Map<Provider, Page>();

  private constructor(target: Target, guarded: boolean) {
    this.target = target;
    this.guarded = guarded;
  }

  static async open(guarded: boolean): Promise<Stage> {
    const stage = new Stage(await Stage.#start(guarded), guarded);
    await stage.#fill();
    return stage;
  }

  static #start(guarded: boolean): Promise<Target> {
    return Target.start(guarded ? ['--admin-token', adminToken] : []);
  }

  /** Replaces a process that crashed or hangs. */
  async reopen(): Promise<void> {
    await this.target.stop();
    this.target = await Stage.#start(this.guarded);
    await this.#fill();
  }

  close(): Promise<void> {
    for (const socket of this.#listeners) socket.destroy();
    return this.target.stop();
  }

  async call<Body = unknown>(line: string, body?: unknown): Promise<Body> {
    const { text } = await this.tell(line, body === undefined ? undefined : JSON.stringify(body));
    return (text === '' ? undefined : JSON.parse(text)) as Body;
  }

  /** Makes a call in the world `default`, or in the one that its path begins with. */
  ask(line: string, body?: string): Promise<Told> {
    const [method, path] = line.split(' ') as [string, string];
    const headers = {
      ...(this.guarded ? { authorization: `Bearer ${adminToken}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    return this.target.fetch(path.startsWith('/w/') ? path : `/__admin${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
  }

  /** Makes a call that must be served. */
  async tell(line: string, body?: string): Promise<Told> {
    const told = await this.ask(line, body);
    if (told.status >= 400) throw new Error(`${line} answered ${told.status}: ${told.text}`);
    return told;
  }

  /** Restores the world and its pages, and deletes worlds that requests created. */
  async restore(): Promise<void> {
    await this.tell('PUT /snapshot', this.snapshot);
    const { worlds } = await this.call<{ worlds: { id: string }[] }>('GET /worlds?limit=10000');
    for (const { id } of worlds) if (!['default', bystander].includes(id)) await this.call(`DELETE /worlds/${id}`);
    await this.call(`PUT /worlds/${otherWorld}`, { scenario });
    for (const { provider } of this.holdings) await this.#reopenPages(provider);
    this.#listen();
  }

  /** Follows the journal, as tests and people do. A restored world has a new journal. */
  #listen(): void {
    for (const socket of this.#listeners) socket.destroy();
    const auth = this.guarded ? `Authorization: Bearer ${adminToken}\r\n` : '';
    this.#listeners = ['stream', 'stream?grantType=refresh_token', 'wait?status=599&timeout=60s'].map((call) => {
      const socket = connect(this.target.port, '127.0.0.1');
      socket.on('error', () => undefined).resume();
      socket.write(`GET /__admin/journal/${call} HTTP/1.1\r\nHost: localhost:${this.target.port}\r\n${auth}\r\n`);
      return socket;
    });
  }

  /** Adds faults of every kind, each for a part of the requests. */
  async spoil(): Promise<void> {
    const rules = kinds.map(({ example }) => ({ match: {}, probability: 0.15, fault: brief(example as Fault) }));
    await this.call('POST /faults', rules);
  }

  async #fill(): Promise<void> {
    await this.call(`PUT /worlds/${bystander}`, { scenario });
    await this.call('PUT /scenario', scenario);
    const bought: Omit<Holdings, 'login' | 'consent'>[] = [];
    for (const provider of providers) {
      const at = `/providers/${provider.name}`;
      const pair = await this.call<{ accessToken: string; refreshToken: string }>(`POST ${at}/tokens`, {
        clientId,
        userId: username,
      });
      const { code } = await this.call<{ code: string }>(`POST ${at}/codes`, {
        clientId,
        userId: username,
        redirectUri,
      });
      bought.push({
        provider,
        clientId,
        clientSecret: secretOf(provider.name),
        username,
        password: passwordOf(provider.name),
        code,
        accessToken: pair.accessToken,
        refreshToken: pair.refreshToken,
      });
    }
    this.snapshot = (await this.tell('GET /snapshot')).text;
    this.holdings = [];
    await this.restore();
    const holdings: Holdings[] = [];
    for (const each of bought) holdings.push({ ...each, ...(await this.#openPages(each.provider)) });
    this.holdings = holdings;
    this.#know();
  }

  /** Opens a login page and a consent page, and reads their forms. */
  async #openPages(provider: Provider): Promise<{ login: Page; consent: Page }> {
    const login = await this.#readPage(await this.#authorize(provider));
    const second = await this.#readPage(await this.#authorize(provider));
    this.#loggedInAt.set(provider, second);
    return { login, consent: await this.#readPage(await this.#logIn(provider, second)) };
  }

  /** Opens the pages again. Because of the seed, their ids and fields are the same. */
  async #reopenPages(provider: Provider): Promise<void> {
    await this.#authorize(provider);
    await this.#authorize(provider);
    await this.#logIn(provider, this.#loggedInAt.get(provider)!);
  }

  async #authorize(provider: Provider): Promise<Told> {
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      state: 'a-state',
    });
    return this.target.fetch(`/${provider.name}${provider.endpoints.authorize[0]}?${query.toString()}`);
  }

  async #logIn({ name, endpoints, loginFields }: Provider, { authorization, cookie, form }: Page): Promise<Told> {
    return this.target.fetch(`/${name}${endpoints.login}?authorization=${authorization}`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({
        ...form,
        [loginFields.username]: username,
        [loginFields.password]: passwordOf(name),
      }).toString(),
    });
  }

  async #readPage({ location, cookie }: Pick<Told, 'location' | 'cookie'>): Promise<Page> {
    const { text } = await this.target.fetch(location, { headers: { cookie } });
    const form = Object.fromEntries(formsOf(text)[0]!.fields.map(({ name, value }) => [name, value]));
    return { authorization: new URLSearchParams(location.split('?')[1]).get('authorization')!, cookie, form };
  }

  #know(): void {
    const add = (kind: string, value: string): void => {
      this.secrets.set(value, kind);
    };
    add('the admin token', adminToken);
    for (const {
      provider: { name },
      clientSecret,
      password,
      code,
      accessToken,
      refreshToken,
      login,
      consent,
    } of this.holdings) {
      add(`${name}: the client's secret`, clientSecret);
      add(`${name}: the rival's secret`, `Riva1-secret-at-${name}`);
      add(`${name}: Ada's password`, password);
      add(`${name}: Grace's password`, `Passw0rd-of-grace-at-${name}`);
      add(`${name}: a code`, code);
      add(`${name}: an access token`, accessToken);
      add(`${name}: a refresh token`, refreshToken);
      add(`${name}: a session`, login.cookie.split('=')[1]!);
      add(`${name}: a session that is logged in`, consent.cookie.split('=')[1]!);
    }
  }
}
