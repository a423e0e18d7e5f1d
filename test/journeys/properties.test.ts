import fc from 'fast-check';
import t from 'tap';
import { revokeGrant } from '../../src/core/revoke.js';
import { urlsOf } from '../../src/http/urls.js';
import { findProvider, providers } from '../../src/providers/index.js';
import { sendRaw } from '../raw.js';
import { demo, startServer, inject } from '../support.js';
import type { Realm } from '../../src/core/realm.js';
import type { Provider } from '../../src/providers/provider.js';
import type { World } from '../../src/world/world.js';
import type { TestServer } from '../support.js';

/** Time limit for fast-check, in real milliseconds. */
const timeLimitMs = 8000;
const minute = 60_000;

const rival = { id: 'rival', secret: 'rival-secret' };
const resources: Readonly<Record<string, string>> = {
  mailup: '/ConsoleService.svc/Console/Authentication/Info',
  tinyemail: '/account/customer/reader%40example.test',
  dottedsign: '/members/me',
  standard: '/me',
};

/** Providers whose rules the model knows. `standard` ends all tokens of a grant when a refresh token is used again. */
const modelled = providers.filter(({ name }) => name !== 'standard');

/** One action of a client, or a step of time. Numbers select a code or token, the newest first. */
type Command =
  | { readonly do: 'authorize'; readonly place?: number | undefined }
  | {
      readonly do: 'exchange';
      readonly code: number;
      readonly by: 'owner' | 'rival' | 'wrong redirect_uri';
      readonly wrongPlace?: number | undefined;
    }
  | {
      readonly do: 'refresh';
      readonly token: number;
      readonly by: 'owner' | 'rival';
      readonly wrongPlace?: number | undefined;
    }
  | { readonly do: 'call'; readonly token: number; readonly wrongPlace?: number | undefined }
  | { readonly do: 'revoke'; readonly token: number; readonly which: 'access' | 'refresh' }
  | { readonly do: 'withdraw'; readonly token: number }
  | { readonly do: 'wait'; readonly world: number; readonly minutes: number };

const some = fc.nat({ max: 5 });
const wrongPlace = fc.option(fc.nat({ max: 5 }), { nil: undefined, freq: 4 });
const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const command: fc.Arbitrary<Command> = fc.oneof(
  often(3, fc.record({ do: fc.constant('authorize' as const), place: wrongPlace })),
  often(
    5,
    fc.record({
      do: fc.constant('exchange' as const),
      code: some,
      by: fc.constantFrom(
        'owner' as const,
        'owner' as const,
        'owner' as const,
        'rival' as const,
        'wrong redirect_uri' as const,
      ),
      wrongPlace,
    }),
  ),
  often(
    4,
    fc.record({
      do: fc.constant('refresh' as const),
      token: some,
      by: fc.constantFrom('owner' as const, 'owner' as const, 'owner' as const, 'rival' as const),
      wrongPlace,
    }),
  ),
  often(5, fc.record({ do: fc.constant('call' as const), token: some, wrongPlace })),
  often(
    1,
    fc.record({
      do: fc.constant('revoke' as const),
      token: some,
      which: fc.constantFrom('access' as const, 'refresh' as const),
    }),
  ),
  often(1, fc.record({ do: fc.constant('withdraw' as const), token: some })),
  often(
    2,
    fc.record({
      do: fc.constant('wait' as const),
      world: fc.nat({ max: 1 }),
      minutes: fc.constantFrom(0.5, 9, 10, 59, 60, 720, 2880, 43_200),
    }),
  ),
);

/** A provider in a world. Its codes and tokens are valid nowhere else. */
interface Place {
  readonly provider: Provider;
  readonly world: World;
  readonly realm: Realm;
  readonly urls: ReturnType<typeof urlsOf>;
  newest?: Access | undefined;
}

interface Family {
  dead: boolean;
}

interface Code {
  readonly value: string;
  readonly place: Place;
  readonly expiresAt: number;
  readonly family: Family;
  spent: boolean;
}

interface Access {
  readonly value: string;
  readonly place: Place;
  readonly expiresAt: number;
  readonly family: Family;
  readonly refresh: Refresh;
  /** The refresh token that is revoked, with its access token, when this token is first used. */
  readonly retires: Refresh | undefined;
  used: boolean;
  dead: boolean;
}

interface Refresh {
  readonly value: string;
  readonly expiresAt: number;
  readonly family: Family;
  access?: Access;
  dead: boolean;
}

/** Model of the rules that the providers document. It does not read the state of the server. */
class Model {
  readonly codes: Code[] = [];
  readonly tokens: Access[] = [];

  spends(code: Code, by: string): boolean {
    const { provider, world } = code.place;
    const now = world.clock.now();
    const forgets = provider.name === 'tinyemail';
    if (by === 'rival' && !forgets) return false;
    if (code.spent) {
      // only MailUp's default follows RFC 6749 §4.1.2 and revokes the tokens of a replayed code
      if (provider.name === 'mailup') code.family.dead = true;
      return false;
    }
    if (code.family.dead || now >= code.expiresAt) return false;
    if (by === 'owner' || forgets) code.spent = true;
    return by === 'owner';
  }

  alive(token: Access | Refresh, now: number): boolean {
    return !token.dead && !token.family.dead && now < token.expiresAt;
  }

  /** tinyEmail answers a live token again, and keeps the refresh token of an expired one. */
  inherited(place: Place): { access?: Access; refresh?: Refresh } {
    const { newest, world } = place;
    if (place.provider.name !== 'tinyemail' || newest === undefined) return {};
    if (this.alive(newest, world.clock.now())) return { access: newest, refresh: newest.refresh };
    return this.alive(newest.refresh, world.clock.now()) ? { refresh: newest.refresh } : {};
  }

  refreshed(token: Access): void {
    if (token.place.provider.name === 'mailup') token.refresh.dead = true;
    if (token.place.provider.name === 'tinyemail') token.refresh.access!.dead = true;
  }

  /** What follows when an access token is sent to the API of its place, whether it is served or refused. */
  sent(token: Access): void {
    const { place, retires } = token;
    const now = place.world.clock.now();
    // DottedSign: also a token that is no longer valid ends its predecessors
    if (retires !== undefined && !token.used) retires.dead = retires.access!.dead = true;
    if (this.alive(token, now)) token.used = true;
    // tinyEmail removes an expired token that is sent; the next exchange issues a new pair
    const isExpired = !token.dead && !token.family.dead && now >= token.expiresAt;
    if (place.provider.name === 'tinyemail' && isExpired && place.newest === token) place.newest = undefined;
  }
}

class Run {
  readonly model = new Model();
  readonly #server: TestServer;
  readonly #places: readonly Place[];
  readonly #mainPlace: number;

  constructor(server: TestServer, worlds: readonly World[], mainPlace: number) {
    this.#server = server;
    this.#mainPlace = mainPlace;
    this.#places = worlds.flatMap((world) =>
      modelled.map((provider) => {
        world.clock.frozen = true;
        const realm = world.realm(provider);
        realm.policy = { ...realm.policy, interaction: { mode: 'auto', user: demo.username, decision: 'allow' } };
        const client = realm.clients.get(demo.id)!;
        realm.clients.set(rival.id, { ...client, ...rival, name: 'Rival' });
        return { provider, world, realm, urls: urlsOf(provider, '', world.id) };
      }),
    );
  }

  async play(command: Command): Promise<void> {
    switch (command.do) {
      case 'authorize':
        return this.#authorize(this.#places[command.place ?? this.#mainPlace]!);
      case 'exchange':
        return this.#exchange(command);
      case 'refresh':
        return this.#refresh(command);
      case 'call':
        return this.#call(command);
      case 'revoke':
        return this.#revoke(command);
      case 'withdraw': {
        const token = newest(this.model.tokens, command.token);
        if (token === undefined) return;
        revokeGrant(
          token.place.realm.accessTokens.get(token.value)!.grant,
          token.place.world.clock.now(),
          'the user withdrew it',
        );
        token.family.dead = true;
        return;
      }
      case 'wait':
        this.#places[command.world * modelled.length]!.world.clock.advance(command.minutes * minute);
    }
  }

  /** Final check: invalid tokens are refused everywhere, live ones are served only at their place. */
  async checkAllTokens(): Promise<void> {
    for (const [i] of this.model.tokens.entries()) await this.#call({ do: 'call', token: i });
    for (const token of this.model.tokens) {
      for (const place of this.#places) {
        if (place !== token.place) expect(await this.#use(token.value, place), 'refused', 'a token at another place');
      }
    }
  }

  async #authorize(place: Place): Promise<void> {
    const query = new URLSearchParams({ client_id: demo.id, redirect_uri: demo.redirectUri, response_type: 'code' });
    const { headers } = await inject(this.#server.app, {
      method: 'GET',
      url: `${place.urls.authorizeUrl}?${query.toString()}`,
    });
    const value = String(new URL(String(headers.location)).searchParams.get('code'));
    this.model.codes.push({
      value,
      place,
      expiresAt: place.world.clock.now() + place.realm.policy.codeSeconds * 1000,
      family: { dead: false },
      spent: false,
    });
  }

  async #exchange({ code: index, by, wrongPlace }: Extract<Command, { do: 'exchange' }>): Promise<void> {
    const code = newest(this.model.codes, index);
    if (code === undefined) return;
    const place = this.#placeFor(code.place, wrongPlace);
    const inherited = this.model.inherited(code.place);
    const expected = place === code.place && this.model.spends(code, by);
    const redirect_uri = by === 'wrong redirect_uri' ? 'http://127.0.0.1:3000/callback' : demo.redirectUri;
    const answer = await this.#token(place, by, { grant_type: 'authorization_code', code: code.value, redirect_uri });
    expect(
      answer === undefined ? 'refused' : 'served',
      expected ? 'served' : 'refused',
      `code ${code.value} by ${by} at ${place.urls.baseUrl}`,
    );
    if (answer === undefined) return;
    if (inherited.access !== undefined) {
      expect(answer.access, inherited.access.value, 'the same live token');
      expect(answer.refresh, inherited.refresh?.value, 'the same refresh token');
      return;
    }
    if (inherited.refresh !== undefined) expect(answer.refresh, inherited.refresh.value, 'the refresh token is kept');
    this.#keep(code.place, answer, { family: code.family, refresh: inherited.refresh, retires: undefined });
  }

  async #refresh({ token: index, by, wrongPlace }: Extract<Command, { do: 'refresh' }>): Promise<void> {
    const token = newest(this.model.tokens, index);
    if (token === undefined) return;
    const place = this.#placeFor(token.place, wrongPlace);
    const expected =
      place === token.place && by === 'owner' && this.model.alive(token.refresh, place.world.clock.now());
    const answer = await this.#token(place, by, { grant_type: 'refresh_token', refresh_token: token.refresh.value });
    expect(
      answer === undefined ? 'refused' : 'served',
      expected ? 'served' : 'refused',
      `refresh ${token.refresh.value} by ${by} at ${place.urls.baseUrl}`,
    );
    if (answer === undefined) return;
    this.model.refreshed(token);
    const kept = place.provider.name === 'tinyemail' ? token.refresh : undefined;
    if (kept !== undefined) expect(answer.refresh, kept.value, 'the refresh token is kept');
    this.#keep(place, answer, {
      family: token.refresh.family,
      refresh: kept,
      retires: place.provider.name === 'dottedsign' ? token.refresh : undefined,
    });
  }

  async #call({ token: index, wrongPlace }: Extract<Command, { do: 'call' }>): Promise<void> {
    const token = newest(this.model.tokens, index);
    if (token === undefined) return;
    const place = this.#placeFor(token.place, wrongPlace);
    const expected = place === token.place && this.model.alive(token, place.world.clock.now());
    expect(
      await this.#use(token.value, place),
      expected ? 'served' : 'refused',
      `token ${token.value} at ${place.urls.baseUrl}`,
    );
    if (place === token.place) this.model.sent(token);
  }

  async #revoke({ token: index, which }: Extract<Command, { do: 'revoke' }>): Promise<void> {
    const token = newest(this.model.tokens, index);
    const [path] = token?.place.provider.endpoints.revoke ?? [];
    if (token === undefined || path === undefined) return;
    const payload = form({
      token: which === 'access' ? token.value : token.refresh.value,
      client_id: demo.id,
      client_secret: demo.secret,
    });
    const { statusCode } = await inject(this.#server.app, {
      method: 'POST',
      url: token.place.urls.baseUrl + path,
      headers: formType,
      payload,
    });
    expect(statusCode, 200, 'revocation');
    // DottedSign revokes nothing if the access token is no longer valid
    if (this.model.alive(token, token.place.world.clock.now())) token.dead = token.refresh.dead = true;
  }

  async #use(accessToken: string, { urls, provider }: Place): Promise<'served' | 'refused'> {
    const { statusCode } = await inject(this.#server.app, {
      method: 'GET',
      url: urls.apiUrl + resources[provider.name]!,
      headers: { authorization: `Bearer ${accessToken}` },
    });
    if (![200, 400, 401].includes(statusCode)) throw new Error(`the API answered ${statusCode}`);
    return statusCode === 200 ? 'served' : 'refused';
  }

  async #token(
    { urls, realm }: Place,
    by: string,
    parameters: Record<string, string>,
  ): Promise<{ access: string; refresh: string } | undefined> {
    const { id, secret } = by === 'rival' ? rival : demo;
    const answer = await inject(this.#server.app, {
      method: 'POST',
      url: urls.tokenUrl,
      headers: formType,
      payload: form({ ...parameters, client_id: id, client_secret: secret }),
    });
    if (answer.statusCode !== 200 && answer.statusCode !== 400 && answer.statusCode !== 401) {
      throw new Error(`the token endpoint answered ${answer.statusCode}`);
    }
    if (answer.statusCode !== 200) return undefined;
    const { access_token, refresh_token, expires_in } = answer.json<{
      access_token: string;
      refresh_token: string;
      expires_in: number;
    }>();
    if (expires_in > realm.policy.accessTokenSeconds) throw new Error(`expires_in is ${expires_in}`);
    return { access: access_token, refresh: refresh_token };
  }

  #keep(
    place: Place,
    answer: { access: string; refresh: string },
    { family, refresh, retires }: { family: Family; refresh: Refresh | undefined; retires: Refresh | undefined },
  ): void {
    if (this.model.tokens.some(({ value }) => value === answer.access)) throw new Error('a token was issued twice');
    const now = place.world.clock.now();
    const { accessTokenSeconds, refreshTokenSeconds } = place.realm.policy;
    const beside: Refresh = refresh ?? {
      value: answer.refresh,
      expiresAt: now + refreshTokenSeconds * 1000,
      family,
      dead: false,
    };
    const access: Access = {
      value: answer.access,
      place,
      expiresAt: now + accessTokenSeconds * 1000,
      family,
      refresh: beside,
      retires,
      used: false,
      dead: false,
    };
    beside.access = access;
    place.newest = access;
    this.model.tokens.push(access);
  }

  #placeFor(rightPlace: Place, wrongPlace: number | undefined): Place {
    return wrongPlace === undefined ? rightPlace : this.#places[wrongPlace]!;
  }
}

const formType = { 'content-type': 'application/x-www-form-urlencoded' };
const form = (parameters: Readonly<Record<string, string>>): string => new URLSearchParams(parameters).toString();

function newest<T>(things: readonly T[], index: number): T | undefined {
  return things.length === 0 ? undefined : things.at(-1 - (index % things.length));
}

function expect(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}: expected ${String(expected)}, got ${String(actual)}`);
}

t.test(
  'in any order of actions, a code is redeemed once, invalid tokens are refused, live ones are served, and none works in another place',
  async (t) => {
    const server = await startServer();
    t.teardown(() => server.close());
    let runs = 0;
    await fc.assert(
      // Most actions use one place; spread over all places, few of them would interact.
      fc.asyncProperty(
        some,
        fc.array(command, { minLength: 10, maxLength: 50, size: 'max' }),
        async (mainPlace, commands) => {
          runs += 1;
          // New worlds, so that runs are independent.
          const run = new Run(
            server,
            ['one', 'two'].map((id) => server.worlds.open({ id })),
            mainPlace,
          );
          for (const each of commands) await run.play(each);
          await run.checkAllTokens();
        },
      ),
      { numRuns: 100, interruptAfterTimeLimit: timeLimitMs },
    );
    t.ok(runs > 0, `${runs} runs`);
  },
);

for (const { name } of providers) {
  t.test(`of a thousand parallel exchanges of one code, exactly one succeeds at ${name}`, async (t) => {
    const server = await startServer();
    t.teardown(() => server.close());
    const { authorizeUrl, tokenUrl, apiUrl } = urlsOf(findProvider(name)!, server.url, 'default');
    server.policy(name, { interaction: { mode: 'auto', user: demo.username, decision: 'allow' } });
    const query = form({ client_id: demo.id, redirect_uri: demo.redirectUri, response_type: 'code' });
    const redirect = await fetch(`${authorizeUrl}?${query}`, { redirect: 'manual' });
    const code = String(new URL(String(redirect.headers.get('location'))).searchParams.get('code'));

    const body = form({
      grant_type: 'authorization_code',
      code,
      redirect_uri: demo.redirectUri,
      client_id: demo.id,
      client_secret: demo.secret,
    });
    const one = (last: boolean): string =>
      [
        `POST ${new URL(tokenUrl).pathname} HTTP/1.1`,
        `Host: ${new URL(tokenUrl).host}`,
        'Content-Type: application/x-www-form-urlencoded',
        `Content-Length: ${body.length}`,
        `Connection: ${last ? 'close' : 'keep-alive'}`,
        '',
        body,
      ].join('\r\n');
    // A hundred connections with ten pipelined requests each.
    const line = one(false).repeat(9) + one(true);
    const answers = (await Promise.all(Array.from({ length: 100 }, () => sendRaw(tokenUrl, line)))).join('');

    const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
    t.equal(statuses.length, 1000);
    t.equal(statuses.filter((status) => status === 200).length, 1);
    t.equal(statuses.filter((status) => status === 400).length, 999);
    const [, accessToken = ''] = /"access_token":"([^"]+)"/.exec(answers) ?? [];
    const call = await fetch(apiUrl + resources[name]!, { headers: { authorization: `Bearer ${accessToken}` } });
    // RFC 6749 §4.1.2: a replay revokes the tokens of the code, if the provider follows it.
    t.equal(call.status, server.realm(name).policy.replayRevokesTokens ? 401 : 200);
  });
}
