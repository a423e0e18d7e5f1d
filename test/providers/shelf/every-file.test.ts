import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { ProxyAgent, fetch as fetchBy } from 'undici';
import { parse } from 'yaml';
import { start } from '../../../src/client/index.js';
import { ProviderFiles } from '../../../src/providers/files/library.js';
import { shelfFiles, shelfFolder, shelfNames } from '../../../src/shelf.js';
import { atHost } from '../at-host.js';
import type { ProviderInfo, World } from '../../../src/client/index.js';
import type { ProviderDocument } from '../../../src/providers/files/schema/document.js';

type Parameters = Readonly<Record<string, string>>;

/** Members of a document that not every version of the format has. */
type Document = ProviderDocument & {
  readonly endpoints?: { readonly refresh?: string | readonly string[] };
  readonly parameters?: { readonly grantTypes?: Parameters };
};

const client = { client_id: 'understudy-client', client_secret: 'understudy-secret' };
const redirectUri = 'http://localhost:3000/callback';
const verifier = 'v'.repeat(43);

const documentOf = (file: string): Document => parse(readFileSync(file, 'utf8')) as Document;

/** A client that knows what a document says, and nothing else. */
class DocumentClient {
  readonly #document: Document;
  readonly #info: ProviderInfo;
  readonly #world: World;

  constructor(document: Document, info: ProviderInfo, world: World) {
    this.#document = document;
    this.#info = info;
    this.#world = world;
  }

  /** The authorization URL. */
  authorizeUrl(redirect_uri = redirectUri): string {
    const { policy, conventions, authorizeUrl } = this.#info;
    const conditions = policy.refreshTokenIssuedIf;
    const scopes = [
      ...(conventions.scope ?? '').split(/[ ,]/),
      ...conditions.map(({ scope }) => scope),
      this.#call?.scopes?.[0],
    ].filter((scope) => scope !== undefined && scope !== '');
    const separator = policy.scopeSyntax.startsWith('comma') ? ',' : ' ';
    const query = this.#inWords({
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri,
      state: 'a-state',
      ...(scopes.length === 0 ? {} : { scope: [...new Set(scopes)].join(separator) }),
      ...(policy.pkce === 'required' ? { code_challenge_method: 'S256', code_challenge: challengeOf(verifier) } : {}),
      ...required(this.#document.parameters?.authorize),
      ...Object.assign({}, ...conditions.map(({ parameter }) => parameter)),
    });
    return `${authorizeUrl}?${query.toString()}`;
  }

  /** Logs in, consents, and returns the code of the callback. */
  async code(): Promise<string> {
    const { redirectTo } = await this.#world.authorize(this.authorizeUrl());
    const named = Object.entries(this.#document.answers?.callback ?? {}).find(([, value]) =>
      /\{\{-? *code\b/.test(value),
    );
    return String(new URL(redirectTo).searchParams.get(named?.[0] ?? 'code'));
  }

  /** Exchanges a code. */
  exchange(code: string, secret = client.client_secret): Promise<Response> {
    const own = required(this.#document.parameters?.token);
    const pkce = this.#info.policy.pkce === 'required' ? { code_verifier: verifier } : {};
    const redirect = { redirect_uri: redirectUri };
    return this.#ask(
      this.#info.tokenUrl,
      { grant_type: 'authorization_code', code, ...redirect, ...pkce, ...own },
      secret,
    );
  }

  refresh(refreshToken: string): Promise<Response> {
    const { refresh = [] } = this.#document.endpoints ?? {};
    const [path] = [refresh].flat();
    const url = path === undefined ? this.#info.tokenUrl : this.#info.baseUrl + this.#filled(path);
    const own = required(this.#document.parameters?.refresh);
    return this.#ask(url, { grant_type: 'refresh_token', refresh_token: refreshToken, ...own }, client.client_secret);
  }

  /** Calls the first call of the API that needs a token. */
  api(accessToken: string): Promise<Response> {
    const { method = 'GET', path = '' } = this.#call ?? {};
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    return fetch(this.#info.apiUrl + this.#filled(path), {
      method,
      headers,
      ...(method === 'GET' ? {} : { body: '{}' }),
    });
  }

  get #call(): NonNullable<Document['resources']>[number] | undefined {
    const withToken = (this.#document.resources ?? []).filter(
      ({ authentication = 'bearer' }) => authentication === 'bearer',
    );
    return withToken.find(({ path }) => path === this.#info.conventions.apiPath) ?? withToken[0];
  }

  #filled(path: string): string {
    const { variables = {} } = this.#document;
    return path.replaceAll(
      /\{(\w+)\}/g,
      (_, name: string) => new Map(Object.entries(variables)).get(name)?.example ?? '1',
    );
  }

  #ask(url: string, parameters: Parameters, secret: string): Promise<Response> {
    const { policy, conventions } = this.#info;
    const isBasic = conventions.credentials === 'basic';
    const given = this.#inWords({ ...parameters, ...(isBasic ? {} : { ...client, client_secret: secret }) });
    const isForm = policy.tokenBodyTypes.includes('form');
    return fetch(url, {
      method: 'POST',
      body: isForm ? given : JSON.stringify(Object.fromEntries(given)),
      headers: {
        accept: 'application/json',
        ...(isForm ? {} : { 'content-type': 'application/json' }),
        ...(isBasic ? { authorization: `Basic ${btoa(`${client.client_id}:${secret}`)}` } : {}),
      },
    });
  }

  /** Parameters by the names that the provider has for them. */
  #inWords(parameters: Parameters): URLSearchParams {
    const { names = {}, grantTypes = {} } = this.#document.parameters ?? {};
    const nameOf = new Map(Object.entries(names));
    const wordOf = new Map<string, string>(Object.entries(grantTypes).map(([word, type]) => [type, word]));
    return new URLSearchParams(
      Object.entries(parameters).map(([name, value]): [string, string] => [
        nameOf.get(name) ?? name,
        name === 'grant_type' ? (wordOf.get(value) ?? value) : value,
      ]),
    );
  }
}

const challengeOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

type Own = Readonly<Record<string, { required?: boolean; values?: readonly string[]; default?: string }>>;

/** A value for each parameter that has to be sent. */
const required = (own: Own = {}): Parameters =>
  Object.fromEntries(
    Object.entries(own)
      .filter(([, { required: isRequired }]) => isRequired === true)
      .map(([name, { default: usual, values }]) => [name, usual ?? values?.[0] ?? 'x']),
  );

const caDir = mkdtempSync(join(tmpdir(), 'understudy-shelf-ca-'));
const server = await start({ shelf: 'all', proxy: true, caDir });
t.teardown(async () => {
  await server.close();
  rmSync(caDir, { recursive: true, force: true });
});

t.test('every file is a good one, and each fact has a source and a confidence', (t) => {
  const files = new ProviderFiles(shelfFolder);
  t.same(files.read(), []);
  t.same(files.providers.map(({ name }) => name).sort(), [...shelfNames].sort());
  for (const { name, title, facts, hosts } of files.providers) {
    t.not(title, name, `${name} has a title`);
    t.ok(hosts.length > 0 && facts.length > 0, `${name} has hosts and facts`);
    for (const { id, source, confidence } of facts) {
      t.ok(confidence === 'GUESS' || (source !== 'assumed' && source.length > 8), `${id}: ${source}`);
    }
  }
  t.end();
});

for (const [name, file] of shelfFiles()) {
  t.test(`${name} is played with what its own document says`, async (t) => {
    const world = await server.newWorld({ seed: name });
    const info = await world.providers.describe(name);
    const document = documentOf(file);
    const asked = new DocumentClient(document, info, world);
    const reason = async (): Promise<string | undefined> =>
      (await world.journal.list({ provider: name })).at(-1)?.reason;
    const tokenOf = async (kind: 'access' | 'refresh', except?: string): Promise<string | undefined> =>
      (await world.tokens.list({ provider: name, kind })).find(
        ({ status, token }) => status === 'live' && token !== except,
      )?.token;

    const code = await asked.code();
    const answer = await asked.exchange(code);
    const accessToken = String(await tokenOf('access'));
    t.match(decodeURIComponent(await answer.text()), accessToken, 'the answer to the code has the access token');
    t.ok((await asked.api(accessToken)).ok, 'the API accepts it');

    const refreshToken = await tokenOf('refresh');
    if (info.policy.accessToken === 'never') {
      await asked.api('unknown');
      t.match(await reason(), /^bearer\./);
    } else {
      await world.clock.advance(info.policy.accessToken);
      const expired = await asked.api(accessToken);
      t.equal(await reason(), 'bearer.expired');
      const row = info.errors.find((each) => each.reason === 'bearer.expired')!;
      t.equal(expired.status, row.status, 'the status of its error table');
    }
    if (refreshToken !== undefined) {
      const refreshed = await asked.refresh(refreshToken);
      const next = String(await tokenOf('access', accessToken));
      t.match(decodeURIComponent(await refreshed.text()), next, 'a refresh gives a new access token');
      t.ok((await asked.api(next)).ok, 'the API accepts it');
    }

    await asked.exchange(code);
    t.match(await reason(), /^code\./, 'a code that was used is refused');
    await asked.exchange(await asked.code(), 'wrong');
    t.match(await reason(), /^client\./, 'a wrong secret is refused');
    await fetch(asked.authorizeUrl('http://elsewhere.test/callback'), { redirect: 'manual' });
    t.match(await reason(), /redirect/, 'a redirect_uri that is not registered is refused');
    await world.drop();
  });

  t.test(`${name} is served at its real host`, async (t) => {
    const world = server.world();
    const { hosts, tokenUrl, baseUrl } = await world.providers.describe(name);
    const [place = ''] = [documentOf(file).endpoints?.token ?? ''].flat();
    // the host of the path, if it has one
    const host = (place.replace(/\/.*/, '') || String(hosts[0])).replaceAll(/\{\w+\}/g, 'some');
    await atHost(server.url, host, tokenUrl.slice(baseUrl.length), { form: {} });
    t.match((await world.journal.list()).at(-1), { provider: name, endpoint: 'token' }, host);
  });
}

t.test('one is served by the proxy at its real host, by https', async (t) => {
  const world = server.world();
  const { hosts, tokenUrl, baseUrl } = await world.providers.describe('reddit');
  const dispatcher = new ProxyAgent({ uri: server.proxyUrl!, requestTls: { ca: server.caCertificate! } });
  const url = `https://${String(hosts[0])}${tokenUrl.slice(baseUrl.length)}`;
  const { status } = await fetchBy(url, { method: 'POST', body: 'x', dispatcher });
  await dispatcher.close();
  t.ok(status >= 400 && status < 500);
  t.match((await world.journal.list()).at(-1), { provider: 'reddit', endpoint: 'token', status });
});
