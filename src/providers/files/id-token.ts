import { secondsOf } from '../../input/duration.js';
import { unixSeconds } from '../standard.js';
import { readCondition } from './answer.js';
import { readBody } from './body.js';
import { contextOf, sentNull } from './template.js';
import { tokenVariables } from './variables.js';
import type { IssuedTokens } from '../../core/model.js';
import type { Answering, Claims, IdTokens, Provider } from '../provider.js';
import type { Part, Reader, TellMistake } from './body.js';
import type { ProviderDocument } from './schema/document.js';
import type { IdTokenDocument } from './schema/id-token.js';
import type { Variables } from './template.js';

const at = 'answers.idToken';

/** Without another condition: OpenID Connect Core §3.1.2.1. */
const ofOpenid: IdTokens['isDue'] = ({ accessToken }) => accessToken.scopes.includes('openid');

/**
 * Reads how ID tokens are made. What the document leaves out is as in the provider that it is like; its claims change
 * those of that provider. Mistakes are told.
 */
export function readIdTokens(document: IdTokenDocument, like: IdTokens | undefined, reader: Reader): IdTokens {
  const { when, life, atRefresh, claims = {} } = document;
  const parts = Object.entries(claims).map(
    ([name, value]) => [name, value === null ? none : readBody(value, `${at}.claims.${name}`, reader)] as const,
  );
  const holds = when === undefined ? undefined : readCondition(when, `${at}.when`, reader);
  return {
    isDue:
      holds === undefined
        ? (like?.isDue ?? ofOpenid)
        : (issued, answering) => holds(contextOf(tokenVariables(issued, answering))),
    seconds: life === undefined ? like?.seconds : secondsOf(life),
    atRefresh: atRefresh ?? like?.atRefresh ?? 'sent',
    claims(usual, issued, answering) {
      const before = like?.claims(usual, issued, answering) ?? usual;
      return changed(before, parts, claimVariables(before, issued, answering));
    },
    claimNames: [...(like?.claimNames ?? []), ...Object.keys(claims)],
  };
}

/** The parameters of an authorization request that ID tokens need later: they are kept with the grant. */
export const idTokenParameters: NonNullable<Provider['authorizeParameters']> = { nonce: {}, max_age: {} };

/** Tells why no client would get the ID tokens of a document, or could not check them. */
export function tellIdTokens(
  { answers = {} }: ProviderDocument,
  like: Provider,
  made: Provider,
  tell: TellMistake,
): void {
  const { idToken } = answers;
  if (idToken === undefined) return;
  if (idToken.when === undefined && like.idTokens === undefined && !Object.hasOwn(made.scopes, 'openid')) {
    tell(at, 'no answer would have one: the provider has no scope "openid", and there is no condition (when)');
  }
  const { metadata, jwks = [] } = made.endpoints;
  // OpenID Connect Discovery §3: jwks_uri is required
  if (metadata.length > 0 && jwks.length === 0) tell(at, 'needs endpoints.jwks beside endpoints.metadata');
}

/**
 * Adds the ID token to the answers of a provider whose own functions know none. Its answer is JSON, or form-encoded.
 */
export function withIdTokenMember(tokenAnswer: Provider['tokenAnswer']): Provider['tokenAnswer'] {
  return (issued, answering) => {
    const answer = tokenAnswer(issued, answering);
    if (issued.idToken === undefined || answer.body.includes(issued.idToken)) return answer;
    return { ...answer, body: withMember(answer.body, issued.idToken) };
  };
}

function withMember(body: string, idToken: string): string {
  if (!body.startsWith('{')) return `${body}&id_token=${idToken}`;
  return JSON.stringify({ ...(JSON.parse(body) as object), id_token: idToken });
}

const none: Part = () => undefined;

function changed(before: Claims, parts: readonly (readonly [string, Part])[], variables: Variables): Claims {
  const context = contextOf(variables);
  const claims = new Map(Object.entries(before));
  for (const [name, part] of parts) {
    const value = part(context);
    if (value === undefined || value === null) claims.delete(name);
    else claims.set(name, value === sentNull ? null : value);
  }
  return Object.fromEntries(claims);
}

const claimVariables = (claims: Claims, issued: IssuedTokens, answering: Answering): Variables => ({
  ...tokenVariables(issued, answering),
  claims,
  auth_time: unixSeconds(issued.accessToken.grant.createdAt),
});
