import { withoutScopes } from '../not-for.js';
import { usableAnswer } from './usable-answer.js';

/** People allow less than they were asked for, and providers rename scopes. */
export const narrowerScope = usableAnswer({
  id: 'narrower-scope',
  title: 'An answer with a different scope is accepted',
  clause: 'RFC 6749 §3.3, §5.1',
  severity: 'note',
  advice: 'Keep the scope of the answer, and offer what it allows in place of an error.',
  notFor: withoutScopes,
  what: 'a different scope',
  fault: { kind: 'patch', set: { scope: 'exam.limited' } },
  mayRefuse: true,
});
