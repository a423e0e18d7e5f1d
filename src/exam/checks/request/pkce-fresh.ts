import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';

/** A verifier that is used again is known to everybody who saw it once. */
export const pkceFresh = defineCheck({
  id: 'pkce-fresh',
  group: 'request',
  title: 'Each flow has a PKCE challenge of its own',
  clause: 'RFC 7636 §7.1, RFC 9700 §2.1.1',
  severity: 'error',
  stages: 'Two flows in different browsers.',
  looksAt: 'Whether their challenges differ.',
  advice: 'Make a new random verifier for each flow.',
  judge({ flows }) {
    const requests = flows.map(({ authorization }) => authorization);
    const challenges = requests.flatMap((request) => request.query('code_challenge') ?? []);
    if (challenges.length < 2) throw new NotSeen('the client sent no code_challenge in two flows');
    return new Set(challenges).size === challenges.length
      ? passed(`${challenges.length} flows had different challenges.`, requests)
      : failed('Two flows had the same challenge.', requests);
  },
});
