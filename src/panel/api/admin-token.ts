import { signal } from '@preact/signals';

const key = 'understudy.admin-token';

/** The admin token that the person gave. It is kept for the tab, not longer. Undefined: none was given. */
export const adminToken = signal(sessionStorage.getItem(key) ?? undefined);

/** Whether the server asked for a token, or refused the one that was given. */
export const tokenState = signal<'accepted' | 'missing' | 'wrong'>('accepted');

/** Keeps a token for the tab. */
export function keepToken(token: string): void {
  sessionStorage.setItem(key, token);
  adminToken.value = token;
  tokenState.value = 'accepted';
}

/** Remembers that the server answered 401. */
export function refuseToken(): void {
  tokenState.value = adminToken.value === undefined ? 'missing' : 'wrong';
}
