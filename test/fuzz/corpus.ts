import fc from 'fast-check';
import { routes } from '../../src/admin/routes.js';
import { pair, pairs, percent } from './draft.js';
import { valuesOf } from './schema.js';
import { adminToken, harmlessFault, otherWorld, redirectUri } from './stage.js';
import type { AdminRoute } from '../../src/admin/route.js';
import type { Endpoints, Resource } from '../../src/providers/provider.js';
import type { Draft, Pair } from './draft.js';
import type { Known } from './schema.js';
import type { Holdings, Page, Stage } from './stage.js';

const basic = ({ clientId, clientSecret }: Holdings): Pair =>
  pair('Authorization', `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`);
const bearer = ({ accessToken }: Holdings): Pair => pair('Authorization', `Bearer ${accessToken}`);
const cookie = (page: Page): Pair => pair('Cookie', page.cookie);

const get = (
  about: string,
  path: string,
  query: Readonly<Record<string, string>> = {},
  headers: readonly Pair[] = [],
): Draft => ({ about, method: 'GET', path, query: pairs(query), headers });
const post = (
  about: string,
  path: string,
  form: Readonly<Record<string, string>>,
  headers: readonly Pair[] = [],
  query: Readonly<Record<string, string>> = {},
): Draft => ({ about, method: 'POST', path, query: pairs(query), headers, body: { kind: 'form', pairs: pairs(form) } });

const authorizationRequest = ({ clientId }: Holdings): Record<string, string> => ({
  client_id: clientId,
  response_type: 'code',
  redirect_uri: redirectUri,
  state: 'a-state',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
});

/** Valid requests by endpoint. The type requires an entry for every kind of endpoint. */
const asked: { readonly [K in keyof Endpoints]-?: (path: string, holdings: Holdings) => readonly Draft[] } = {
  authorize: (path, holdings) => [
    get('an authorization request', path, authorizationRequest(holdings)),
    post('an authorization request by POST', path, authorizationRequest(holdings)),
    get('a consent page', path, { authorization: holdings.consent.authorization }, [cookie(holdings.consent)]),
    post('a consent', path, holdings.consent.form, [cookie(holdings.consent)], {
      authorization: holdings.consent.authorization,
    }),
    get("a request of MailUp's endpoint of 2013", path, {
      client_id: holdings.clientId,
      client_secret: holdings.clientSecret,
      response_type: 'code',
      username: holdings.username,
      password: holdings.password,
    }),
  ],
  login: (path, { login, username, password, provider: { loginFields } }) => [
    get('a login page', path, { authorization: login.authorization }, [cookie(login)]),
    post(
      'a login',
      path,
      { ...login.form, [loginFields.username]: username, [loginFields.password]: password },
      [cookie(login)],
      { authorization: login.authorization },
    ),
  ],
  introspect: (path, holdings) => [post('an introspection', path, { token: holdings.accessToken }, [basic(holdings)])],
  tokenInfo: (path, holdings) => [
    get('token info', path, {}, [bearer(holdings)]),
    get('token info by query', path, { access_token: holdings.accessToken }),
  ],
  userinfo: (path, holdings) => [
    get('userinfo', path, {}, [bearer(holdings)]),
    post('userinfo by POST', path, {}, [bearer(holdings)]),
  ],
  metadata: (path) => [get('metadata', path)],
  jwks: (path) => [get('keys', path)],
  api: (path, holdings) => [
    ...holdings.provider.resources.map((resource) => resourceCall(resource, path, holdings)),
    get('a call of nothing', `${path}/nothing`, {}, [bearer(holdings)]),
    get('a call with the token in the query', `${path}/nothing`, { access_token: holdings.accessToken }),
    post('a call with the token in the body', `${path}/nothing`, { access_token: holdings.accessToken }),
  ],
  // These come last, because they use up codes and tokens.
  refresh: (path, holdings) => [
    post('a refresh at its own path', path, { refresh_token: holdings.refreshToken }, [basic(holdings)]),
  ],
  token: (path, holdings) => [
    post(
      'a code with Basic',
      path,
      { grant_type: 'authorization_code', code: holdings.code, redirect_uri: redirectUri },
      [basic(holdings)],
    ),
    post('a refresh', path, {
      grant_type: 'refresh_token',
      refresh_token: holdings.refreshToken,
      client_id: holdings.clientId,
      client_secret: holdings.clientSecret,
    }),
    post(
      'a password grant',
      path,
      { grant_type: 'password', username: holdings.username, email: holdings.username, password: holdings.password },
      [basic(holdings)],
    ),
    post('client credentials', path, { grant_type: 'client_credentials', scope: 'a b' }, [basic(holdings)]),
    get('a refresh in the query', path, {
      grant_type: 'refresh_token',
      refresh_token: holdings.refreshToken,
      client_id: holdings.clientId,
      client_secret: holdings.clientSecret,
    }),
    {
      about: 'a refresh in JSON',
      method: 'POST',
      path,
      query: [],
      headers: [basic(holdings)],
      body: { kind: 'json', value: { grant_type: 'refresh_token', refresh_token: holdings.refreshToken } },
    },
    {
      about: 'a code in parts',
      method: 'POST',
      path,
      query: [],
      headers: [basic(holdings)],
      body: {
        kind: 'multipart',
        pairs: pairs({ grant_type: 'authorization_code', code: holdings.code, redirect_uri: redirectUri }),
      },
    },
  ],
  revoke: (path, holdings) => [
    post('a revocation', path, { token: holdings.accessToken, token_type_hint: 'access_token' }, [basic(holdings)]),
  ],
};

function resourceCall({ method, path, authentication }: Resource, base: string, holdings: Holdings): Draft {
  const body =
    method === 'GET'
      ? {}
      : { body: { kind: 'json' as const, value: { updateMembers: [{ email: 'a@example.test' }], name: 'a' } } };
  return {
    about: `${method} ${path}`,
    method,
    path: base + path.replaceAll(/:\w+/g, '1'),
    query: pairs({ PageNumber: '0', PageSize: '20' }),
    headers: [authentication === 'client' ? basic(holdings) : bearer(holdings)],
    ...body,
  };
}

/** Valid requests for every endpoint of a provider. */
function providerDrafts(holdings: Holdings): Draft[] {
  const { name, endpoints } = holdings.provider;
  const drafts = (Object.keys(asked) as (keyof Endpoints)[]).flatMap((kind) =>
    [endpoints[kind] ?? []].flat().flatMap((path) => asked[kind](`/${name}${path}`, holdings)),
  );
  const own = [
    get('the script of a waiting page', `/${name}/__understudy/wait.js`),
    get('the script of the test accounts', `/${name}/__understudy/use-account.js`),
    get('a waiting page asks', `/${name}/__understudy/waiting`, { authorization: holdings.login.authorization }),
    get('nothing', `/${name}/nothing`),
  ];
  return [...drafts, ...own].map((draft) => ({ ...draft, about: `${name}: ${draft.about}` }));
}

/** Existing names and ids, by the member of the admin API that accepts them. */
export function knownOf({ holdings }: Stage): Known {
  const [first] = holdings as [Holdings];
  return {
    // An undefined member is left out.
    clientId: [first.clientId],
    userId: [first.username],
    user: [first.username],
    scenario: ['happy-path', 'mailup-bad-day'],
    extends: ['default'],
    provider: holdings.map(({ provider }) => provider.name),
    token: holdings.flatMap(({ accessToken, refreshToken }) => [accessToken, refreshToken]),
    code: holdings.map(({ code }) => code),
    scopes: [undefined, []],
    reason: ['code.expired'],
    suppress: ['state-reused: it is known'],
    name: [undefined, 'A name'],
    id: ['an-id', 'another'],
    codeChallenge: ['E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
    since: ['1', '2026-01-01T00:00:00Z'],
    // Short, so that calls that wait return at once.
    timeout: ['0s', '1ms'],
    limit: [1, 10],
    // Filters of the journal: texts that are JSON objects.
    query: ['{"state":"*"}'],
    form: ['{"grant_type":"refresh_token"}'],
    headers: ['{"host":"*"}'],
  };
}

const paths = (holdings: Holdings): Readonly<Record<string, (route: AdminRoute) => string>> => ({
  // a built-in provider cannot be defined again
  provider: ({ definesProvider }) => (definesProvider === true ? 'own' : holdings.provider.name),
  token: () => holdings.accessToken,
  name: () => 'happy-path',
  id: ({ tag }) =>
    ({
      clients: holdings.clientId,
      users: holdings.username,
      authorizations: holdings.login.authorization,
      worlds: otherWorld,
      journal: '1',
    })[tag] ?? harmlessFault,
});

/** A draft of an admin call; `at` selects the provider. */
export function adminDraft(route: AdminRoute, stage: Stage, at: number, body: unknown, query: readonly Pair[]): Draft {
  const holdings = stage.holdings[at % stage.holdings.length]!;
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) => percent(paths(holdings)[name]!(route)));
  return {
    about: `${route.method} ${route.path}`,
    method: route.method,
    path: `/__admin${path}`,
    query,
    headers: stage.guarded ? [pair('Authorization', `Bearer ${adminToken}`)] : [],
    body: body === undefined ? undefined : { kind: 'json', value: body },
  };
}

/** Admin calls with values generated from the schemas of the admin API. */
export function adminCalls(stage: Stage, hostileWeight: number): fc.Arbitrary<Draft> {
  const known = knownOf(stage);
  return fc.oneof(...routes.map((route) => adminCall(route, stage, known, hostileWeight)));
}

function adminCall(route: AdminRoute, stage: Stage, known: Known, hostileWeight: number): fc.Arbitrary<Draft> {
  const nothing: fc.Arbitrary<unknown> = fc.constant(undefined);
  const { body, query } = route;
  // The id in the body must not differ from the id in the URL.
  const here = route.path.endsWith('/:id') ? { ...known, id: [undefined] } : known;
  return fc
    .record({
      at: fc.nat({ max: stage.holdings.length - 1 }),
      body: body === undefined ? nothing : valuesOf(body, here, hostileWeight),
      // Filters by unknown names are refused.
      query:
        query === undefined
          ? nothing
          : valuesOf(query, { ...known, fault: ['cut'], path: ['/nowhere/*'], method: ['GET'] }, hostileWeight),
    })
    .map((made) => adminDraft(route, stage, made.at, made.body, queryOf(made.query)));
}

function queryOf(query: unknown): Pair[] {
  if (typeof query !== 'object' || query === null) return [];
  return Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => pair(name, typeof value === 'string' ? value : JSON.stringify(value)));
}

/** Bodies for calls whose requirements are stricter than their schema. */
const fixedBodies = ({ snapshot }: Stage): Readonly<Record<string, unknown>> => ({
  'PUT /scenario': { name: 'happy-path' },
  'POST /clock/advance': { by: '61m' },
  'POST /verify': { match: { endpoint: 'token' }, count: { atMost: 2 } },
  'POST /providers/:provider/authorizations/:id/approve': { user: 'ada@example.test' },
  'PUT /providers/:provider': { like: 'mailup', title: 'A provider of this world', policy: { accessToken: '2m' } },
  'DELETE /providers/:provider': undefined,
  'PUT /snapshot': JSON.parse(snapshot) as unknown,
});

/** Valid requests for every endpoint, every admin call and the other paths. */
export function corpusOf(stage: Stage): Draft[] {
  const known = knownOf(stage);
  const admin = routes.flatMap((route) => fc.sample(adminCall(route, stage, known, 0), { seed: 1, numRuns: 6 }));
  const chosen = Object.entries(fixedBodies(stage)).map(([line, body]) =>
    adminDraft(
      routes.find(({ method, path }) => `${method} ${path}` === line)!,
      stage,
      0,
      body,
      [],
    ),
  );
  const otherPaths = [
    '/__admin/openapi.json',
    '/__admin/docs',
    '/__admin/docs/static/swagger-ui.css',
    '/__admin',
    `/w/${otherWorld}/__admin/journal`,
    '/w/none/__admin/journal',
    '/',
    '/w/none',
    '/nothing',
  ].map((path): Draft => ({
    ...get(path, path),
    headers: stage.guarded ? [pair('Authorization', `Bearer ${adminToken}`)] : [],
  }));
  return [...stage.holdings.flatMap(providerDrafts), ...admin, ...chosen, ...otherPaths];
}
