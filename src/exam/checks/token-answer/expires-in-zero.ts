import { strangeLifetime } from './strange-lifetime.js';

/** Some providers write 0 for a token that does not expire. */
export const expiresInZero = strangeLifetime({
  id: 'expires-in-zero',
  title: 'A lifetime of zero causes no loop',
  advice: 'Treat a lifetime of zero as unknown: use the token until the API refuses it.',
  seconds: 0,
});
