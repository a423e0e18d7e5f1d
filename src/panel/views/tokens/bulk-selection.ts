import { defined } from '../../parts/defined.js';
import { counted } from '../../format.js';
import { kindWords } from '../../life.js';

/** Codes or tokens that are ended together. An empty text selects all. */
export interface BulkSelection {
  readonly what: 'tokens' | 'access' | 'refresh' | 'code';
  readonly provider: string;
  readonly client: string;
  readonly user: string;
}

const nouns = { ...kindWords, tokens: 'token' } as const;

/** The selection as the calls of one provider take it. */
export const selectionOf = ({ what, client, user }: BulkSelection): Record<string, string> =>
  defined({
    clientId: client || undefined,
    userId: user || undefined,
    kind: what === 'access' || what === 'refresh' ? what : undefined,
  });

/** The last segment of the path of the calls. */
export const listOf = ({ what }: BulkSelection): 'codes' | 'tokens' => (what === 'code' ? 'codes' : 'tokens');

/** The number at all providers. Undefined: not known yet, as long as no provider is known either. */
export const totalOf = (counts: readonly { readonly total: number }[] = []): number | undefined =>
  counts.length === 0 ? undefined : counts.reduce((sum, { total }) => sum + total, 0);

/** What a selection ends: `Selected: 5 valid access tokens of my-app at MailUp.` No `count`: it is not known yet. */
export function selectionWords({ what, provider, client, user }: BulkSelection, count: number | undefined): string {
  if (count === undefined) return 'Counting…';
  if (count === 0) return 'Nothing valid matches.';
  const of = client === '' ? 'of every client' : `of ${client}`;
  const held = user === '' ? '' : ` for ${user}`;
  const valid = counted(count, `valid ${nouns[what]}`);
  return `Selected: ${valid} ${of}${held} at ${provider === '' ? 'all providers' : provider}.`;
}

/** What was ended, in words. */
export const endedWords = ({ what }: BulkSelection, how: 'expire' | 'revoke', count: number): string =>
  `${how === 'expire' ? 'Expired' : 'Revoked'} ${counted(count, nouns[what])}`;
