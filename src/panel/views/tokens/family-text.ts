import { counted } from '../../format.js';
import { holderOf } from '../../parts/holder.js';
import type { Life } from '../../life.js';
import type { Family, TokenLine } from '../../../client/index.js';
import type { Step } from './steps.js';

const grants: ReadonlyMap<string, string> = new Map([
  ['authorization_code', 'Authorization code'],
  ['password', 'Password'],
  ['client_credentials', 'Client credentials'],
]);

/** The name of a grant type in words. */
export const grantWords = (grantType: string): string => grants.get(grantType) ?? grantType;

/** A life with the name of what lives. */
export interface NamedLife {
  readonly name: 'code' | 'access' | 'refresh';
  readonly life: Life;
}

const latest = (tokens: readonly TokenLine[], kind: TokenLine['kind']): TokenLine | undefined => {
  const ofKind = tokens.filter((token) => token.kind === kind);
  return ofKind.findLast(({ status }) => status === 'live') ?? ofKind.at(-1);
};

/** What a line about a family shows: its code if nothing was bought with it, else its latest tokens. */
export function livesOf({ code, tokens }: Pick<Family, 'code' | 'tokens'>): NamedLife[] {
  if (tokens.length === 0) {
    if (code === null) return [];
    return [{ name: 'code', life: code }];
  }
  return (['access', 'refresh'] as const).flatMap((name) => {
    const life = latest(tokens, name);
    return life === undefined ? [] : [{ name, life }];
  });
}

/** Number of tokens of a kind that are valid. */
export const liveCount = ({ tokens }: Pick<Family, 'tokens'>, kind?: TokenLine['kind']): number =>
  tokens.filter((token) => token.status === 'live' && (kind === undefined || token.kind === kind)).length;

/** What bought the tokens of a step, in words. */
export function causeOf(step: Step, family: Pick<Family, 'code' | 'grantType'>): string {
  if (step.boughtWith !== null) return 'Refresh';
  if (step.entry !== null) {
    return family.code === null ? `${grantWords(family.grantType)} grant` : 'Exchange of the code';
  }
  return family.code === null ? 'Minted without a request' : 'Bought by a request that the journal does not have';
}

/** What revoking a family does, in a sentence for a confirmation. */
export function revokeWarning(family: Family): string {
  const live = liveCount(family);
  const isCodeLive = family.code?.status === 'live';
  if (live === 0 && !isCodeLive) return 'No token of this family is valid any more.';
  const what = [live === 0 ? '' : counted(live, 'valid token'), isCodeLive ? 'a code that was not used yet' : '']
    .filter((text) => text !== '')
    .join(' and ');
  return `This ends ${what}. ${holderOf(family)} must be authorized again.`;
}

/** A status of a use in words: a request that got no answer has none. */
export const useWords = (endpoint: string, status: number | null): string => `${endpoint} ${status ?? 'no answer'}`;
