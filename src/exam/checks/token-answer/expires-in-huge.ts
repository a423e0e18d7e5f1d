import { strangeLifetime } from './strange-lifetime.js';

/** Dates and timers overflow: a timer of more than 24 days runs out at once in Node. */
export const expiresInHuge = strangeLifetime({
  id: 'expires-in-huge',
  title: 'A lifetime of millions of years causes no overflow',
  advice: 'Limit the lifetime to some years before you make a date or a timer of it.',
  seconds: 1e15,
});
