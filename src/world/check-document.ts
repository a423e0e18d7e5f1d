import { malformation } from '../core/redirect-uri.js';
import { makeCheck } from '../input/validate.js';

/** Checks scenario files, bodies of the admin API and messages of assistants. All use the same schemas and formats. */
export const check = makeCheck({
  'redirect-uri': { mistake: malformation },
  url: { mistake: (text) => (URL.canParse(text) ? undefined : 'is not a URL') },
});
