import { malformation } from '../core/redirect-uri.js';
import { makeCheck } from '../input/validate.js';

/** Checks scenario files and bodies of the admin API. Both use the same schemas and formats. */
export const check = makeCheck({ 'redirect-uri': { mistake: malformation } });
