import { refuse } from './errors.js';
import type { Client, GrantType } from './model.js';
import type { Policy, ScopeSyntax } from './policy.js';
import type { OpenScopes, Realm } from './realm.js';

// RFC 6749 §3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ), separated by single spaces.
const wellFormed = /^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/;

/** Whether a scope parameter has the syntax of RFC 6749 §3.3. */
export const isWellFormedScope = (scope: string): boolean => wellFormed.test(scope);

const splitters: Readonly<Record<ScopeSyntax, (scope: string) => string[]>> = {
  rfc6749(scope) {
    if (!wellFormed.test(scope)) throw refuse('scope.malformed', { scope });
    return scope.split(' ');
  },

  // Ruby's String#split
  'white-space': (scope) => scope.split(/[\t\n\v\f\r \0]+/).filter((name) => name !== ''),

  // Java's String.split drops empty names at the end alone. Spring keeps the names in a sorted set.
  'each-white-space-or-plus'(scope) {
    const names = scope.split(/[\t\n\v\f\r +]/);
    while (names.at(-1) === '') names.pop();
    return names.sort();
  },

  // GitHub, Slack and Shopify separate scopes by commas in requests as well as in answers
  comma: (scope) => namesBetween(scope, /,/),
  'comma-or-space': (scope) => namesBetween(scope, /[,\s]/),
};

/** The names between separators, without white space around them. Two separators in a row enclose no name. */
const namesBetween = (scope: string, separator: RegExp): string[] =>
  scope
    .split(separator)
    .map((name) => name.trim())
    .filter((name) => name !== '');

/**
 * Splits a scope parameter. An empty one counts as not sent, because client libraries send it that way; so does one of
 * white space alone, unless the policy has the syntax of RFC 6749.
 *
 * @throws scope.malformed
 */
function parseScope({ scopeSyntax }: Policy, scope: string | undefined): string[] | undefined {
  if (scope === undefined || scope === '') return undefined;
  if (scopeSyntax !== 'rfc6749' && scope.trim() === '') return undefined;
  return [...new Set(splitters[scopeSyntax](scope))];
}

/**
 * Refuses tabs and line ends where Doorkeeper checks the parameter itself: at the authorization endpoint and at a
 * refresh. Its other grants check the names after the split.
 */
function requireOneLine({ scopeSyntax }: Policy, scope: string | undefined): void {
  if (scopeSyntax === 'white-space' && scope !== undefined && scope.trim() !== '' && /[\t\n\r]/.test(scope)) {
    throw refuse('scope.malformed', { scope });
  }
}

interface Opened {
  readonly scopes: Realm['scopes'];
  readonly byGrant: Map<GrantType, OpenScopes>;
}

/** What was found before. Worlds of one scenario share their clients, and a changed client is a new object. */
const opened = new WeakMap<Client, Opened>();

/** All scopes that this client may be granted through this grant type. */
export function openScopes(realm: Realm, client: Client, grantType: GrantType): OpenScopes {
  const known = opened.get(client);
  const { byGrant } = known?.scopes === realm.scopes ? known : remember(realm, client);
  const open = byGrant.get(grantType) ?? findOpen(realm, client, grantType);
  // Tokens share one list, which saves memory when there are many.
  byGrant.set(grantType, open);
  return open;
}

function remember({ scopes }: Realm, client: Client): Opened {
  const fresh = { scopes, byGrant: new Map<GrantType, OpenScopes>() };
  opened.set(client, fresh);
  return fresh;
}

function findOpen(realm: Realm, client: Client, grantType: GrantType): OpenScopes {
  const all = namesOf(realm, client, grantType);
  return { all, byDefault: all.filter((name) => realm.scopes[name]?.onlyIfNamed !== true) };
}

function namesOf(realm: Realm, client: Client, grantType: GrantType | undefined): readonly string[] {
  const isOpen = (grants: readonly GrantType[] | undefined): boolean =>
    grantType === undefined || (grants?.includes(grantType) ?? true);
  return Object.entries(realm.scopes)
    .filter(([name, { grants }]) => (client.scopes?.includes(name) ?? true) && isOpen(grants))
    .map(([name]) => name);
}

/** The scopes to grant: those that the request names, or the policy's default if it names none. */
export function resolveScopes(
  realm: Realm,
  client: Client,
  grantType: GrantType,
  scope: string | undefined,
): readonly string[] {
  const open = openScopes(realm, client, grantType);
  if (realm.policy.scopeParameter === 'ignored') return open.byDefault;
  if (grantType === 'authorization_code') requireOneLine(realm.policy, scope);
  const asked = parseScope(realm.policy, scope);
  if (asked === undefined) {
    if (realm.policy.scopeWhenOmitted === 'refused') throw refuse('scope.missing', { known: open.all });
    return open.byDefault;
  }
  checkNames(realm, asked, open.all);
  return asked;
}

/**
 * Checks the scope parameter of a token request whose grant does not use it (policy `scopeCheckedAtToken`).
 *
 * @throws scope.malformed, scope.unknown, scope.not-allowed
 */
export function checkUnusedScope(realm: Realm, client: Client, scope: string | undefined): void {
  if (scope === undefined || realm.policy.scopeParameter === 'ignored') return;
  checkNames(realm, parseScope(realm.policy, scope) ?? [], namesOf(realm, client, undefined));
}

function checkNames(realm: Realm, asked: readonly string[], allowed: readonly string[]): void {
  for (const name of asked) {
    if (!Object.hasOwn(realm.scopes, name)) throw refuse('scope.unknown', { scope: name, allowed });
    if (!allowed.includes(name)) throw refuse('scope.not-allowed', { scope: name, allowed });
  }
}

/** The scopes of a refreshed token. A refresh may narrow the scope, but not widen it (RFC 6749 §6). */
export function narrowScopes(realm: Realm, granted: readonly string[], scope: string | undefined): readonly string[] {
  if (scope === undefined || realm.policy.scopeParameter === 'ignored') return granted;
  requireOneLine(realm.policy, scope);
  const asked = parseScope(realm.policy, scope);
  for (const name of asked ?? []) {
    if (!granted.includes(name)) throw refuse('scope.wider-than-granted', { scope: name, asked, allowed: granted });
  }
  return asked ?? granted;
}
