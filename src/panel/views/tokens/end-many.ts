import { defined } from '../../parts/defined.js';
import { counted } from '../../format.js';

/** Codes or tokens that are ended together. An empty text selects all. */
export interface Many {
  readonly what: 'tokens' | 'access' | 'refresh' | 'code';
  readonly provider: string;
  readonly client: string;
  readonly user: string;
}

const nouns = { tokens: 'token', access: 'access token', refresh: 'refresh token', code: 'code' } as const;

/** The selection as the calls of one provider take it. */
export const selectionOf = ({ what, client, user }: Many): Record<string, string> =>
  defined({
    clientId: client || undefined,
    userId: user || undefined,
    kind: what === 'access' || what === 'refresh' ? what : undefined,
  });

/** The last segment of the path of the calls. */
export const listOf = ({ what }: Many): 'codes' | 'tokens' => (what === 'code' ? 'codes' : 'tokens');

/** What is selected, in words: `5 access tokens of my-app at mailup`. */
export function manyWords({ what, provider, client, user }: Many, count: number): string {
  const of = client === '' ? 'of every client' : `of ${client}`;
  const held = user === '' ? '' : ` for ${user}`;
  return `${counted(count, nouns[what])} ${of}${held} at ${provider === '' ? 'all providers' : provider}`;
}

/** What was ended, in words. */
export const endedWords = ({ what }: Many, how: 'expire' | 'revoke', count: number): string =>
  `${how === 'expire' ? 'Expired' : 'Revoked'} ${counted(count, nouns[what])}`;
