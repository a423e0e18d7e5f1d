import type { Realm } from './realm.js';

/** Kinds of values that a realm issues. */
const issuedKinds = ['accessTokens', 'refreshTokens', 'codes'] as const;
type IssuedKind = (typeof issuedKinds)[number];

/** How a sentence names a value of each kind. */
const names: Readonly<Record<IssuedKind, string>> = {
  accessTokens: 'an access token',
  refreshTokens: 'a refresh token',
  codes: 'an authorization code',
};

/** Maximum number of values of each kind that `findSimilar` compares, newest first. It limits the work of a refusal. */
const maxCompared = 100;
/** Minimum length of a part, in characters. A shorter text can be part of a value by chance. */
const minPartLength = 8;
/** Maximum number of characters in which two values of one length may differ. */
const maxChanged = 2;

/** What a realm issued a value as, such as `a refresh token`. Undefined for a value that is no token and no code. */
export function nameIssued(realm: Realm, value: string): string | undefined {
  if (realm.accessTokens.has(value)) return names.accessTokens;
  if (realm.refreshTokens.has(value)) return names.refreshTokens;
  return realm.codes.has(value) ? names.codes : undefined;
}

/** What a realm knows a value as: issued, or a client's id or secret. Undefined for a value that it does not know. */
export function nameValue(realm: Realm, value: string): string | undefined {
  const issued = nameIssued(realm, value);
  if (issued !== undefined) return issued;
  if (realm.sessions.has(value)) return 'the session cookie of a browser';
  if (realm.pending.has(value)) return 'the id of an authorization that a page waits for';
  if (realm.clients.has(value)) return 'a client id';
  for (const { id, secret } of realm.clients.values()) {
    if (secret !== '' && secret === value) return `the secret of client ${JSON.stringify(id)}`;
  }
  return undefined;
}

/**
 * Compares a value with the newest values that a realm issued. Returns how it differs from one of them, such as `the
 * first 20 of 43 characters of a refresh token`. Undefined if it resembles none.
 */
export function findSimilar(realm: Realm, value: string): string | undefined {
  for (const kind of issuedKinds) {
    let left = maxCompared;
    for (const issued of realm[kind].newestFirst()) {
      const text = 'code' in issued ? issued.code : issued.token;
      const difference = describeDifference(names[kind], text, value);
      if (difference !== undefined) return difference;
      left -= 1;
      if (left === 0) break;
    }
  }
  return undefined;
}

/** How a sent value differs from an issued one. Undefined if they have little in common. */
function describeDifference(name: string, issued: string, sent: string): string | undefined {
  if (sent.length < issued.length) return describePart(name, issued, sent);
  if (sent.length > issued.length) return describeAddition(name, issued, sent);
  if (isSameLetter(issued, sent) && issued.toLowerCase() === sent.toLowerCase()) return `${name} in other letter case`;
  const changed = countChanged(issued, sent);
  const isSimilar = changed <= maxChanged && changed * 4 < issued.length;
  return isSimilar ? `${name} with ${changed} of its ${issued.length} characters changed` : undefined;
}

function describePart(name: string, issued: string, sent: string): string | undefined {
  if (sent.length < minPartLength && sent.length * 2 < issued.length) return undefined;
  const count = `${sent.length} of ${issued.length} characters of ${name}`;
  if (issued.startsWith(sent)) return `the first ${count}`;
  if (issued.endsWith(sent)) return `the last ${count}`;
  return issued.includes(sent) ? count : undefined;
}

function describeAddition(name: string, issued: string, sent: string): string | undefined {
  const before = sent.indexOf(issued);
  if (before < 0) return undefined;
  const after = sent.length - issued.length - before;
  const parts = [...(before > 0 ? [`${before} before it`] : []), ...(after > 0 ? [`${after} after it`] : [])];
  return `${name} with additional characters: ${parts.join(' and ')}`;
}

/** Whether two texts begin alike, apart from letter case: a cheap test before the comparison of the whole. */
const isSameLetter = (a: string, b: string): boolean => (a.charCodeAt(0) | 32) === (b.charCodeAt(0) | 32);

/** Number of characters that differ in two texts of one length. Stops counting at the first one too many. */
function countChanged(issued: string, sent: string): number {
  let changed = 0;
  for (let i = 0; i < sent.length && changed <= maxChanged; i += 1) {
    if (sent.charCodeAt(i) !== issued.charCodeAt(i)) changed += 1;
  }
  return changed;
}
