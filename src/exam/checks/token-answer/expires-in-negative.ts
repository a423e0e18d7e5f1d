import { strangeLifetime } from './strange-lifetime.js';

/** Servers of a provider whose clocks differ compute such a lifetime. */
export const expiresInNegative = strangeLifetime({
  id: 'expires-in-negative',
  title: 'A negative lifetime causes no loop',
  advice: 'Treat a negative lifetime as unknown: use the token until the API refuses it.',
  seconds: -3600,
});
