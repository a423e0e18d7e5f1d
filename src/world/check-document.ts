import { malformation } from '../core/redirect-uri.js';
import { makeCheck } from '../input/validate.js';

/** Checks scenario files and bodies of the admin API: both use the same schemas. */
export const check = makeCheck({ 'redirect-uri': { mistake: malformation } });
