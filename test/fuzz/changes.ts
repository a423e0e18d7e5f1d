import fc from 'fast-check';
import { framings, pair, percent } from './draft.js';
import { hostileBody, hostileJson, hostileText } from './hostile.js';
import { adminToken, otherWorld } from './stage.js';
import type { Body, Draft, Pair } from './draft.js';
import type { Holdings, Stage } from './stage.js';

type Place = 'query' | 'headers' | 'body';

/** A change of a valid request. Numbers select an element modulo their count, so they fit any request. */
export type Change =
  | { readonly do: 'set'; readonly place: Place; readonly at: number; readonly value: string; readonly raw: boolean }
  | { readonly do: 'add'; readonly place: Place; readonly name: string; readonly value: string; readonly raw: boolean }
  | { readonly do: 'repeat' | 'remove'; readonly place: Place; readonly at: number }
  | { readonly do: 'move'; readonly from: Place; readonly to: Place; readonly at: number }
  | { readonly do: 'json'; readonly at: number; readonly value: unknown }
  | { readonly do: 'replace body'; readonly body: Body }
  | { readonly do: 'content type'; readonly value: string }
  | { readonly do: 'method'; readonly method: string }
  | { readonly do: 'segment'; readonly at: number; readonly value: string; readonly raw: boolean }
  | { readonly do: 'lengthen'; readonly value: string; readonly raw: boolean }
  | {
      readonly do: 'address';
      readonly how: 'world' | 'other world' | 'no world' | 'host' | 'whole URL' | 'letter case';
    }
  | { readonly do: 'frame'; readonly framing: NonNullable<Draft['framing']> };

const parameters = [
  'client_id',
  'client_secret',
  'grant_type',
  'response_type',
  'redirect_uri',
  'scope',
  'state',
  'code',
  'code_verifier',
  'code_challenge',
  'code_challenge_method',
  'refresh_token',
  'access_token',
  'token',
  'username',
  'password',
  'email',
  'authorization',
  'authenticity_token',
  'commit',
  '_method',
  'filter',
  'PageNumber',
  'PageSize',
  'orderby',
  'provider',
  'since',
  'limit',
  'offset',
  'format',
  'suppress',
  'status',
  'timeout',
];
const headerNames = [
  'Authorization',
  'Proxy-Authorization',
  'Cookie',
  'Host',
  'Origin',
  'Referer',
  'Content-Length',
  'Transfer-Encoding',
  'Content-Type',
  'Content-Encoding',
  'Accept',
  'Accept-Encoding',
  'Connection',
  'Upgrade',
  'Expect',
  'Range',
  'If-None-Match',
  'TE',
  'Trailer',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'X-HTTP-Method-Override',
  'X-Api-Key',
  'User-Agent',
  'Last-Event-ID',
  'Sec-Fetch-Site',
  'Access-Control-Request-Method',
  'Access-Control-Request-Headers',
  '__proto__',
  'constructor',
];
const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'QUERY',
  'get',
  'FOO',
  '',
];
const contentTypes = [
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=UTF-8',
  'application/x-www-form-urlencoded; charset=utf-7',
  'application/json',
  'application/json; charset=utf-16',
  'APPLICATION/JSON',
  'text/json',
  'text/plain',
  'text/xml',
  'application/problem+json',
  'application/octet-stream',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  'multipart/form-data; boundary=a-boundary',
  'multipart/form-data; boundary="a-boundary"',
  `multipart/form-data; boundary=${'x'.repeat(300)}`,
  'multipart/form-data; boundary=other',
  'multipart/mixed; boundary=a-boundary',
  '',
  ';',
  'a',
  '*/*',
  'application/json, text/plain',
  'application/json;;',
  '__proto__/constructor',
];

/** All secrets, codes and tokens, to be sent in wrong places. */
function secretsOf({ holdings, guarded }: Stage): string[] {
  const spelt = (each: Holdings): string[] => {
    const { clientId, clientSecret, username, password, accessToken, refreshToken, code, login, consent } = each;
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    return [
      clientId,
      clientSecret,
      username,
      password,
      accessToken,
      refreshToken,
      code,
      login.authorization,
      consent.authorization,
      ...login.cookie.split('='),
      consent.cookie,
      `${consent.cookie}; ${login.cookie}`,
      `Bearer ${accessToken}`,
      `bearer  ${accessToken}`,
      `BEARER ${refreshToken}`,
      `Basic ${base64(`${clientId}:${clientSecret}`)}`,
      `basic ${base64(`${clientId}:${clientSecret}`)}`,
      base64(`${clientId}:${clientSecret}`),
      `Basic ${clientId}:${clientSecret}`,
      `Basic ${base64(`${percent(clientId)}:${percent(clientSecret)}`)}`,
      `Basic ${base64(clientId)}`,
      `Basic ${base64(`:${clientSecret}`)}`,
      `Basic ${base64(`${clientId}:`)}`,
      `Token ${accessToken}`,
      `a${accessToken}`,
      `${code} ${code}`,
      each.provider.name,
    ];
  };
  return [
    ...holdings.flatMap(spelt),
    ...(guarded
      ? [adminToken, `Bearer ${adminToken}`, `Basic ${Buffer.from(`admin:${adminToken}`).toString('base64')}`]
      : []),
  ];
}

/** Valid and invalid values of the Host header. */
const hostsOf = ({ holdings }: Stage): string[] => [
  ...holdings.flatMap(({ provider }) => provider.hosts),
  'localhost',
  '127.0.0.1:1',
  '[::1]',
  'evil.example',
  'a:b:c',
  '',
];

export function changeOf(stage: Stage): fc.Arbitrary<Change> {
  const text = fc.oneof(
    { weight: 5, arbitrary: hostileText },
    { weight: 3, arbitrary: fc.constantFrom(...secretsOf(stage)) },
    { weight: 1, arbitrary: fc.constantFrom(...hostsOf(stage)) },
  );
  const at = fc.nat({ max: 20 });
  const place = fc.constantFrom<Place>('query', 'headers', 'body');
  // Rare, because a raw value usually makes the request invalid.
  const raw = fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) });
  const name = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...parameters) }, { weight: 1, arbitrary: text });
  const header = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...headerNames) }, { weight: 1, arbitrary: text });
  const is = <const T extends string>(what: T): fc.Arbitrary<T> => fc.constant(what);
  return fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: is('set'), place, at, value: text, raw }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: is('add'), place: fc.constantFrom<Place>('query', 'body'), name, value: text, raw }),
    },
    { weight: 3, arbitrary: fc.record({ do: is('add'), place: is('headers'), name: header, value: text, raw }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('repeat' as const, 'remove' as const), place, at }) },
    { weight: 1, arbitrary: fc.record({ do: is('move'), from: place, to: place, at }) },
    { weight: 2, arbitrary: fc.record({ do: is('json'), at, value: hostileJson }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: is('replace body'), body: fc.record({ kind: is('text'), text: hostileBody }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        do: is('content type'),
        value: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...contentTypes) }, { weight: 1, arbitrary: text }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: is('method'), method: fc.constantFrom(...methods) }) },
    { weight: 2, arbitrary: fc.record({ do: is('segment'), at, value: text, raw }) },
    { weight: 1, arbitrary: fc.record({ do: is('lengthen'), value: text, raw }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: is('address'),
        how: fc.constantFrom(
          'world' as const,
          'other world' as const,
          'no world' as const,
          'host' as const,
          'whole URL' as const,
          'letter case' as const,
        ),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: is('frame'), framing: fc.constantFrom(...framings) }) },
  );
}

/** Applies a change to a draft. Returns the draft itself if there is nothing to change. */
export function apply(draft: Draft, change: Change, { holdings }: Stage): Draft {
  switch (change.do) {
    case 'set':
      return edit(draft, change.place, (list) =>
        replaced(list, change.at, (old) => [{ ...old, value: change.value, raw: change.raw }]),
      );
    case 'add':
      return edit(draft, change.place, (list) => [
        ...list,
        { name: change.name, value: change.value, raw: change.raw },
      ]);
    case 'repeat':
      return edit(draft, change.place, (list) => replaced(list, change.at, (old) => [old, old]));
    case 'remove':
      return edit(draft, change.place, (list) => replaced(list, change.at, () => []));
    case 'move': {
      const moved = listOf(draft, change.from).at(change.at % Math.max(listOf(draft, change.from).length, 1));
      return moved === undefined
        ? draft
        : edit(
            edit(draft, change.from, (list) => list.filter((each) => each !== moved)),
            change.to,
            (list) => [...list, moved],
          );
    }
    case 'json':
      return { ...draft, body: { kind: 'json', value: withMember(draft.body, change.at, change.value) } };
    case 'replace body':
      return { ...draft, body: change.body, contentType: draft.contentType ?? typeOf(draft.body) };
    case 'content type':
      return { ...draft, contentType: change.value };
    case 'method':
      return { ...draft, method: change.method };
    case 'segment': {
      const segments = draft.path.split('/');
      segments[1 + (change.at % (segments.length - 1))] = change.raw ? change.value : percent(change.value);
      return { ...draft, path: segments.join('/') };
    }
    case 'lengthen':
      return { ...draft, path: `${draft.path}/${change.raw ? change.value : percent(change.value)}` };
    case 'frame':
      return { ...draft, framing: change.framing };
    case 'address':
      return addressed(draft, change.how, holdings);
  }
}

function addressed(draft: Draft, how: Extract<Change, { do: 'address' }>['how'], holdings: readonly Holdings[]): Draft {
  const { path } = draft;
  const provider = holdings.map((each) => each.provider).find(({ name }) => path.startsWith(`/${name}/`));
  switch (how) {
    case 'world':
      return { ...draft, path: `/w/default${path}` };
    case 'other world':
      return { ...draft, path: `/w/${otherWorld}${path}` };
    case 'no world':
      return { ...draft, path: `/w/nobody${path}` };
    case 'whole URL':
      return { ...draft, path: `http://${provider?.hosts[0] ?? 'localhost'}${path}` };
    case 'letter case':
      return { ...draft, path: path.toLowerCase() };
    case 'host':
      return provider === undefined
        ? draft
        : {
            ...draft,
            path: path.slice(provider.name.length + 1),
            headers: [...draft.headers, pair('Host', provider.hosts[0]!)],
          };
  }
}

function listOf({ query, headers, body }: Draft, place: Place): readonly Pair[] {
  if (place === 'query') return query;
  if (place === 'headers') return headers;
  return body !== undefined && 'pairs' in body ? body.pairs : [];
}

function edit(draft: Draft, place: Place, change: (list: readonly Pair[]) => readonly Pair[]): Draft {
  const list = change(listOf(draft, place));
  if (place !== 'body') return { ...draft, [place]: list };
  if (draft.body !== undefined && !('pairs' in draft.body)) return draft;
  return { ...draft, body: { kind: draft.body?.kind ?? 'form', pairs: list } };
}

const replaced = (list: readonly Pair[], at: number, by: (old: Pair) => Pair[]): readonly Pair[] =>
  list.flatMap((each, i) => (i === at % list.length ? by(each) : [each]));

function withMember(body: Body | undefined, at: number, value: unknown): unknown {
  const before: unknown =
    body === undefined
      ? {}
      : body.kind === 'json'
        ? body.value
        : 'pairs' in body
          ? Object.fromEntries(body.pairs.map((each) => [each.name, each.value]))
          : {};
  if (typeof before !== 'object' || before === null) return value;
  const names = Object.keys(before);
  const name = names[at % (names.length + 1)];
  return name === undefined ? value : { ...before, [name]: value };
}

const typeOf = (body: Body | undefined): string =>
  body?.kind === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
