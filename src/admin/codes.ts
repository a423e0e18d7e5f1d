import { Type } from 'typebox';
import { approve } from '../core/authorize.js';
import { OAuthError, explain } from '../core/errors.js';
import { readChallenge } from '../core/pkce.js';
import { parseDuration } from '../input/duration.js';
import { Duration } from '../world/scenario/schema/policy.js';
import { words } from '../input/words.js';
import { requireClient, requireKnown, requireScopes, requireUser } from './require-known.js';
import { Paging, defineRoute, invalid, listOf, page } from './route.js';
import { CodeView, codeView } from './views.js';
import type { Static } from 'typebox';
import type { AuthorizationCode, CodeChallenge } from '../core/model.js';
import type { Realm } from '../core/realm.js';

const path = '/providers/:provider/codes';
const tag = 'codes';
const text = Type.String({ minLength: 1, maxLength: 2000 });

const Selection = Type.Object(
  { clientId: Type.Optional(text), userId: Type.Optional(text), code: Type.Optional(text) },
  { additionalProperties: false },
);

const NewCode = Type.Object(
  {
    clientId: text,
    userId: text,
    redirectUri: Type.Optional(
      Type.String({
        format: 'redirect-uri',
        maxLength: 2000,
        description: "Left out: the client's first one, as if it had not been sent",
      }),
    ),
    scopes: Type.Optional(Type.Array(text, { maxItems: 100, uniqueItems: true })),
    expiresIn: Type.Optional(Duration),
    codeChallenge: Type.Optional(text),
    codeChallengeMethod: Type.Optional(words('S256', 'plain')),
  },
  { additionalProperties: false },
);

function mint(realm: Realm, body: Static<typeof NewCode>): object {
  const client = requireClient(realm, body.clientId);
  const user = requireUser(realm, body.userId);
  const scopes = requireScopes(realm, client, 'authorization_code', body.scopes);
  const redirectUri = body.redirectUri ?? client.redirectUris[0];
  if (redirectUri === undefined) {
    throw invalid([{ path: 'redirectUri', message: 'is required: the client has none registered' }]);
  }
  if (body.expiresIn === 'never') {
    throw invalid([{ path: 'expiresIn', message: 'is never: an authorization code must die (RFC 6749 §4.1.2)' }]);
  }
  const challenge = challengeOf(realm, body);
  const answer = approve(
    realm,
    { client, redirectUri, redirectUriSent: body.redirectUri !== undefined, scopes, challenge, state: undefined },
    user,
  );
  const { code } = answer as { code: AuthorizationCode };
  if (body.expiresIn !== undefined) code.expiresAt = code.issuedAt + (parseDuration(body.expiresIn) as number) * 1000;
  return codeView(realm, code);
}

function challengeOf(
  { policy }: Realm,
  { codeChallenge, codeChallengeMethod }: Static<typeof NewCode>,
): CodeChallenge | undefined {
  try {
    return readChallenge(policy, codeChallenge, codeChallengeMethod);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    throw invalid([
      {
        path: error.reason === 'pkce.method-unsupported' ? 'codeChallengeMethod' : 'codeChallenge',
        message: explain(error),
      },
    ]);
  }
}

function* select(realm: Realm, { clientId, userId, code }: Static<typeof Selection>): Generator<AuthorizationCode> {
  const person = userId === undefined ? undefined : (realm.user(userId)?.id ?? userId);
  for (const each of code === undefined ? realm.codes.values() : [realm.codes.get(code)]) {
    if (each === undefined) continue;
    if (
      (clientId ?? each.grant.clientId) === each.grant.clientId &&
      (person ?? each.grant.userId) === each.grant.userId
    ) {
      yield each;
    }
  }
}

/** Authorization codes: seen, made without a browser, expired. */
export const codeRoutes = [
  defineRoute({
    method: 'GET',
    path,
    tag,
    summary: 'List authorization codes',
    query: Type.Object({ ...Selection.properties, ...Paging }, { additionalProperties: false }),
    answers: { 200: listOf('codes', CodeView) },
    handle({ provider, query }) {
      const { realm } = provider();
      const { items, total } = page([...select(realm, query)], query);
      return { codes: items.map((code) => codeView(realm, code)), total };
    },
  }),
  defineRoute({
    method: 'POST',
    path,
    tag,
    summary: 'Make an authorization code without a browser',
    body: NewCode,
    answers: { 201: CodeView },
    handle({ provider, body, reply }) {
      const code = mint(provider().realm, body);
      reply.code(201);
      return code;
    },
  }),
  defineRoute({
    method: 'POST',
    path: `${path}/expire`,
    tag,
    summary: 'Let authorization codes expire now: all, or those that match',
    body: Selection,
    answers: { 200: Type.Object({ expired: Type.Integer() }) },
    handle({ provider, body }) {
      const { realm } = provider();
      const alive = requireKnown(realm, body, select(realm, body)).filter(
        ({ expiresAt, spentAt }) => spentAt === undefined && expiresAt > realm.checkedAt(),
      );
      for (const code of alive) code.expiresAt = realm.checkedAt();
      return { expired: alive.length };
    },
  }),
];
