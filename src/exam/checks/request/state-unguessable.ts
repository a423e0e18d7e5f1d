import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { stateOf } from '../../ordinary-run.js';

/** RFC 6749 §10.10: at most a chance of 2^-128. A UUID has 122 random bits, and is good enough. */
const leastBits = 122;

/** Most random bits that a text of this length and these characters can have. */
function bitsOf(state: string): number {
  // of the 128 bits of a UUID, six are fixed
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(state)) return 122;
  // hyphens only separate groups of digits; in base64url they are digits themselves
  const digits = state.replaceAll('-', '');
  if (/^[0-9]+$/.test(digits)) return Math.floor(digits.length * Math.log2(10));
  return /^[0-9a-f]+$/i.test(digits) ? digits.length * 4 : state.length * 6;
}

/** A state that can be guessed protects from nobody. */
export const stateUnguessable = defineCheck({
  id: 'state-unguessable',
  group: 'request',
  title: 'The state cannot be guessed',
  clause: 'RFC 6749 §10.10, RFC 6819 §5.1.4.2.2',
  severity: 'error',
  stages: 'Two flows in different browsers.',
  looksAt: 'The length of the state, its characters, and what two of them share.',
  advice: 'Make the state of at least 16 random bytes.',
  notFor: ({ statePlace }) => (statePlace === 'nowhere' ? 'this provider gives back no state' : undefined),
  judge({ flows }) {
    const states = flows.flatMap((flow) => stateOf(flow) ?? []);
    const requests = flows.map(({ authorization }) => authorization);
    const [first, second] = states;
    if (first === undefined || second === undefined) throw new NotSeen('the client sent no state in two flows');
    const bits = Math.min(bitsOf(first), bitsOf(second));
    return bits >= leastBits
      ? passed(`The state has room for ${bits} random bits.`, requests)
      : failed(`The state has room for ${bits} random bits only; ${leastBits} are asked for.`, requests);
  },
});
