import { fingerprint } from '../world/journal/fingerprint.js';
import type { Family } from '../findings/family.js';
import type { World } from '../world/world.js';
import type { FamilyFilter } from './schemas/lineage.js';

/** Makes a test: whether a family of a world is one that a filter selects. */
export function familyTest(
  { live, text, ...members }: FamilyFilter,
  { fingerprintKey }: World,
): (family: Family) => boolean {
  const hasLive = live === undefined ? () => true : liveTest(live);
  const hasText = text === undefined ? () => true : textTest(text, fingerprint(text.trim(), fingerprintKey));
  const wanted = Object.entries(members) as [keyof typeof members, string][];
  return (family) => wanted.every(([name, value]) => family[name] === value) && hasLive(family) && hasText(family);
}

const liveTest =
  (live: 'any' | 'code' | 'access' | 'refresh') =>
  ({ code, tokens }: Family): boolean =>
    ((live === 'any' || live === 'code') && code?.status === 'live') ||
    tokens.some(({ kind, status }) => status === 'live' && (live === 'any' || live === kind));

/** @param hashed the fingerprint of the text, which may be a token that somebody copied from elsewhere */
function textTest(text: string, hashed: string): (family: Family) => boolean {
  const part = text.trim().toLowerCase();
  return ({ id, clientId, userId, scopes, code, tokens }) => {
    const names = [code?.code ?? '', ...tokens.map(({ token }) => token)];
    return (
      names.includes(hashed) ||
      [id, clientId, userId ?? '', ...scopes, ...names].some((value) => value.toLowerCase().includes(part))
    );
  };
}
