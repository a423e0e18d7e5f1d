import { readCondition } from './answer.js';
import { readTemplate } from './body.js';
import { contextOf } from './template.js';
import { clientVariable, scopeVariables, userVariable } from './variables.js';
import type { Granted, Realm, SecondTokens } from '../../core/realm.js';
import type { Provider } from '../provider.js';
import type { Reader, TellMistake } from './body.js';
import type { ProviderDocument } from './schema/document.js';
import type { SecondTokenDocument } from './schema/second-token.js';
import type { Variables } from './template.js';

const at = 'answers.secondToken';

/**
 * Reads which grants buy a second access token. What the document leaves out is as in the provider that it is like.
 * Mistakes are told.
 */
export function readSecondTokens(
  { when, alone, scopes }: SecondTokenDocument,
  like: SecondTokens | undefined,
  reader: Reader,
): SecondTokens {
  const condition = (text: string | undefined, member: string): SecondTokens['isDue'] | undefined => {
    const holds = text === undefined ? undefined : readCondition(text, `${at}.${member}`, reader);
    return holds && ((realm, granted) => holds(contextOf(variablesOf(realm, granted))));
  };
  const written = scopes === undefined ? undefined : readTemplate(scopes, `${at}.scopes`, reader);
  return {
    isDue: condition(when, 'when') ?? like?.isDue ?? (() => true),
    isAlone: condition(alone, 'alone') ?? like?.isAlone ?? (() => false),
    scopes:
      written === undefined
        ? (like?.scopes ?? ((_realm, granted) => granted.scopes))
        : (realm, granted) => scopesIn(written(contextOf(variablesOf(realm, granted)))),
  };
}

const variablesOf = (realm: Realm, { grant, grantType, scopes }: Granted): Variables => ({
  client: () => clientVariable(realm, grant.clientId),
  user: () => userVariable(realm, grant.userId),
  authorize: grant.parameters,
  ...scopeVariables(scopes),
  grant_type: grantType,
  now: realm.now(),
});

const scopesIn = (value: unknown): readonly string[] =>
  typeof value === 'string' ? [...new Set(value.split(/[\s,]+/).filter((scope) => scope !== ''))] : [];

/** What a token answer reads that has a second access token in it, or that is that of one. */
const readsOfSecond = ['second', 'second.access_token', 'is_second'];

/**
 * Tells that no client would get the second access tokens of a document, or of the provider that it is like.
 *
 * @param reads what the templates of `answers.token` read
 */
export function tellSecondToken(
  { answers = {} }: ProviderDocument,
  like: Provider,
  { reads, tell }: { readonly reads: ReadonlySet<string>; readonly tell: TellMistake },
): void {
  const { secondToken, token } = answers;
  if (secondToken === undefined && like.secondTokens === undefined) return;
  // no grant buys one; or it is the only access token, which each answer has
  if (secondToken?.when?.trim() === 'false' || secondToken?.alone?.trim() === 'true') return;
  // the answer of a provider that has a second token says itself where it is
  const isSent =
    token === undefined ? like.secondTokens !== undefined : readsOfSecond.some((variable) => reads.has(variable));
  if (isSent) return;
  const none = 'no answer has it: answers.token has no {{ second.access_token }}';
  if (secondToken !== undefined) tell(at, none);
  else {
    const whose = `the second access token is that of the provider ${JSON.stringify(like.name)}: `;
    tell('answers.token', `${whose}${none}. A provider without one has answers.secondToken with when: 'false'`);
  }
}
