import { hasMembers } from '../input/members.js';
import { lowerCased } from '../input/answer.js';
import { pathMatcher } from './path-pattern.js';
import type { Match } from './rule.js';
import type { RequestFacts } from './chosen-fault.js';

type Test = (facts: RequestFacts) => boolean;

/** Members of a match that are compared for equality. */
const exact = ['provider', 'endpoint', 'grantType', 'clientId', 'userId', 'method'] as const;

/** Makes a function that compares a request with a whole match. */
export function requestMatcher(match: Match): Test {
  const matchesPatterns = patternMatcher(match);
  const names = exact.filter((name) => match[name] !== undefined);
  return (facts) => names.every((name) => facts[name] === match[name]) && matchesPatterns(facts);
}

/** Makes a function that compares a request with those members of a match that `RuleIndex` does not look up. */
export function patternMatcher({ path, query, form, headers }: Match): Test {
  const tests: Test[] = [];
  if (path !== undefined) tests.push(atPath(path));
  if (query !== undefined) tests.push((facts) => hasMembers(facts.query, query));
  if (form !== undefined) tests.push((facts) => hasMembers(facts.form, form));
  if (headers !== undefined) {
    // Node gives the names of headers in lower case
    const expected = lowerCased(headers);
    tests.push((facts) => hasMembers(facts.headers, expected));
  }
  return (facts) => tests.every((test) => test(facts));
}

function atPath(pattern: string): Test {
  const sameCase = pathMatcher(pattern);
  const anyCase = pathMatcher(pattern.toLowerCase());
  return ({ path, ignoresLetterCase }) => (ignoresLetterCase === true ? anyCase(path.toLowerCase()) : sameCase(path));
}
