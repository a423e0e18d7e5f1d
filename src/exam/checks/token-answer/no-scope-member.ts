import { withoutScopes } from '../not-for.js';
import { usableAnswer } from './usable-answer.js';

/** Without a scope in the answer, the scope is the one that was asked for. */
export const noScopeMember = usableAnswer({
  id: 'no-scope-member',
  title: 'An answer without a scope is accepted',
  clause: 'RFC 6749 §5.1',
  severity: 'error',
  advice: 'Treat a missing scope as the scope that you asked for.',
  notFor: withoutScopes,
  what: 'an answer without scope',
  fault: { kind: 'patch', remove: ['scope'] },
});
