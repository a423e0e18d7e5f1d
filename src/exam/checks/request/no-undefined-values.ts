import { defineCheck } from '../../check.js';
import { wordsForNothing } from '../../../world/journal/words-for-nothing.js';
import { failed, passed } from '../../judgement.js';

/** As languages write them: a value such as `none` can be meant. */
const nothing: ReadonlySet<string> = new Set(wordsForNothing);

const hasNothing = (members: unknown): boolean =>
  typeof members === 'object' && members !== null && Object.values(members).some((value) => nothing.has(String(value)));

/** A variable that was not set is sent as the word undefined. */
export const noUndefinedValues = defineCheck({
  id: 'no-undefined-values',
  group: 'request',
  title: 'No parameter has the value undefined, null or NaN',
  clause: 'RFC 6749 §3.1',
  severity: 'error',
  stages: 'Ordinary flows and calls.',
  looksAt: 'The values of all parameters of authorization and token requests.',
  advice: 'Leave out parameters that have no value.',
  judge({ requests: { authorizations, tokenRequests } }) {
    const requests = [...authorizations, ...tokenRequests];
    const wrong = requests.filter(({ entry: { request } }) => hasNothing(request.query) || hasNothing(request.form));
    return wrong.length === 0
      ? passed(`No parameter of ${requests.length} requests has such a value.`)
      : failed('A parameter has a value such as undefined, null or [object Object].', wrong);
  },
});
