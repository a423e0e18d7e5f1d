import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed, warned } from '../../judgement.js';

/** Logs are read by more people than secrets are meant for. */
export const noSecretInOutput = defineCheck({
  id: 'no-secret-in-output',
  group: 'life',
  title: 'No secret is written to the output',
  clause: 'RFC 6819 §5.1.6, RFC 9700 §4.3',
  severity: 'error',
  stages: 'Ordinary flows, calls and refreshes.',
  looksAt: 'Whether the output of the program has a token, a code or the secret.',
  advice: 'Log fingerprints or the first characters, never whole tokens, codes, secrets or URLs with them.',
  judge({ requests: { tokenRequests }, output }) {
    if (output === undefined) throw new NotSeen('the exam did not start the client, so it does not see its output');
    const shows = (value: unknown): boolean => typeof value === 'string' && value.length > 7 && output.includes(value);
    const secret = tokenRequests.filter(
      (request) =>
        ['access_token', 'refresh_token'].some((name) => shows(request.answer(name))) ||
        ['refresh_token', 'client_secret'].some((name) => shows(request.parameter(name))) ||
        shows(request.basicSecret),
    );
    if (secret.length > 0) return failed('The output has a token or the secret.', secret);
    const codes = tokenRequests.filter((request) => shows(request.parameter('code')));
    return codes.length === 0
      ? passed('The output has no token, code or secret.')
      : warned('The output has codes, as logs of URLs have. They are used up, but prove who was there.', codes);
  },
});
