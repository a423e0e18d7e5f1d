import { defined } from '../../parts/defined.js';

/** What a person filled in to mint tokens. */
export interface MintDraft {
  readonly clientId: string;
  /** Empty: no user. */
  readonly userId: string;
  /** Separated by spaces. */
  readonly scopes: string;
  /** A duration, or a number of seconds. */
  readonly expiresIn: string;
}

/** The body of the call that mints tokens. What is empty is left out. */
export function mintBody({ clientId, userId, scopes, expiresIn }: MintDraft): Record<string, unknown> {
  const list = scopes.split(/\s+/).filter((scope) => scope !== '');
  const life = expiresIn.trim();
  return {
    clientId,
    ...defined({
      userId: userId || undefined,
      scopes: list.length === 0 ? undefined : list,
      expiresIn: /^\d+$/.test(life) ? Number(life) : life || undefined,
    }),
  };
}
