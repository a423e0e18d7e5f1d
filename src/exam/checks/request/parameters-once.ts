import { defineCheck } from '../../check.js';
import { failed, passed } from '../../judgement.js';

const hasList = (members: unknown): boolean =>
  typeof members === 'object' && members !== null && Object.values(members).some((value) => Array.isArray(value));

/** Servers differ in which of two values they use. */
export const parametersOnce = defineCheck({
  id: 'parameters-once',
  group: 'request',
  title: 'Each parameter is sent once',
  clause: 'RFC 6749 §3.1',
  severity: 'error',
  stages: 'Ordinary flows and calls.',
  looksAt: 'Parameters of the authorization and token requests that are there twice.',
  advice: 'Set each parameter once. A list of scopes is one parameter.',
  notFor: ({ policy }) =>
    policy.parametersRepeated === 'refused' ? 'this provider refuses a repeated parameter' : undefined,
  judge({ requests: { authorizations, tokenRequests } }) {
    const requests = [...authorizations, ...tokenRequests];
    const wrong = requests.filter(({ entry: { request } }) => hasList(request.query) || hasList(request.form));
    return wrong.length === 0
      ? passed(`No parameter of ${requests.length} requests was repeated.`)
      : failed('A parameter was sent more than once.', wrong);
  },
});
