import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import { stateOf } from '../../ordinary-run.js';
import { withoutState } from '../not-for.js';
import { randomBitsOf } from './random-bits.js';

/** RFC 6749 §10.10: at most a chance of 2^-128. A UUID has 122 random bits, and is enough. */
const leastBits = 122;

/** A state that can be guessed does not protect the flow. */
export const stateUnguessable = defineCheck({
  id: 'state-unguessable',
  group: 'request',
  title: 'The state cannot be guessed',
  clause: 'RFC 6749 §10.10, RFC 6819 §5.1.4.2.2',
  severity: 'error',
  stages: 'Two flows in different browsers.',
  looksAt: 'The length of the state, its characters, and what two of them share at their beginning and end.',
  advice: 'Make the state of at least 16 random bytes.',
  notFor: withoutState,
  judge({ flows }) {
    const states = flows.flatMap((flow) => stateOf(flow) ?? []);
    const requests = flows.map(({ authorization }) => authorization);
    const [first, second] = states;
    if (first === undefined || second === undefined) throw new NotSeen('the client sent no state in two flows');
    const bits = randomBitsOf(first, second);
    return bits >= leastBits
      ? passed(`The state has room for ${bits} random bits.`, requests)
      : failed(`The state has room for ${bits} random bits; at least ${leastBits} are required.`, requests);
  },
});
