import { secondsOf } from '../../input/duration.js';
import { refuse } from '../../core/errors.js';
import { unixSeconds } from '../standard.js';
import { readCondition, typeAlone } from './answer.js';
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

/**
 * Tells why no client would get the ID tokens of a provider that was made, or could not check them. They can be those
 * of the provider that it is like.
 */
export function tellIdTokens(
  { answers = {} }: ProviderDocument,
  like: Provider,
  made: Provider,
  tell: TellMistake,
): void {
  const { idTokens, scopes, endpoints } = made;
  if (idTokens === undefined) return;
  const isOwn = answers.idToken !== undefined;
  const whose = isOwn ? '' : `the ID tokens are those of the provider ${JSON.stringify(like.name)}: `;
  if (idTokens.isDue === ofOpenid && !Object.hasOwn(scopes, 'openid')) {
    const why = 'no answer would have one: the provider has no scope "openid", and there is no condition (when)';
    tell(isOwn ? at : 'scopes', `${whose}${why}`);
  }
  const { metadata, jwks = [] } = endpoints;
  // OpenID Connect Discovery §3: jwks_uri is required
  if (metadata.length > 0 && jwks.length === 0) {
    tell(isOwn ? at : 'endpoints', `${whose}needs endpoints.jwks beside endpoints.metadata`);
  }
  if (answers.token !== undefined || like.idTokens !== undefined) return;
  const { name, tokenMediaType: type } = like;
  if (type === undefined || memberIn(type) !== undefined) return;
  const answer = `the answer with tokens of the provider ${JSON.stringify(name)} is ${type}`;
  tell(at, `${answer}, which has no member for an ID token: write answers.token with {{ id_token }}`);
}

/**
 * Adds the ID token to the answers of a provider whose own functions know none: to JSON, and to forms.
 *
 * @param provider the name of the provider
 * @returns the answer; it throws server.failed for another one, as a case of the answer or a template can make it
 */
export function withIdTokenMember(tokenAnswer: Provider['tokenAnswer'], provider: string): Provider['tokenAnswer'] {
  return (issued, answering) => {
    const answer = tokenAnswer(issued, answering);
    const { headers, body } = answer;
    if (issued.idToken === undefined || body.includes(issued.idToken)) return answer;
    const [, type = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
    const added = memberIn(typeAlone(type))?.(body, issued.idToken);
    if (added !== undefined) return { ...answer, body: added };
    const detail = `an answer with tokens of the type ${JSON.stringify(type)} has no member for an ID token`;
    throw refuse('server.failed', { file: provider, path: at, detail });
  };
}

/** Adds a member to a body. Undefined: the body has no members. */
type AddMember = (body: string, idToken: string) => string | undefined;

/** How an ID token is added to a body of a media type. Undefined: it is not. */
function memberIn(type: string): AddMember | undefined {
  if (/[/+]json$/.test(type)) return inJson;
  return type === 'application/x-www-form-urlencoded' ? inForm : undefined;
}

const inForm: AddMember = (body, idToken) => `${body}${body === '' ? '' : '&'}id_token=${idToken}`;

function inJson(body: string, idToken: string): string | undefined {
  // a file can say of any text that it is JSON
  const found = parsed(body);
  const isObject = typeof found === 'object' && found !== null && !Array.isArray(found);
  return isObject ? JSON.stringify({ ...found, id_token: idToken }) : undefined;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
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
