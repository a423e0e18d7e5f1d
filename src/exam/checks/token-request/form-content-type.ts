import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed, warned } from '../../judgement.js';

/** Most servers read a form alone: other bodies are refused, or pass unread. */
export const formContentType = defineCheck({
  id: 'form-content-type',
  group: 'token-request',
  title: 'The parameters of a token request are sent as a form',
  clause: 'RFC 6749 §4.1.3, §6, Appendix B',
  severity: 'error',
  stages: 'Ordinary flows and a refresh.',
  looksAt: 'The Content-Type of the token requests.',
  advice: 'Send the parameters as application/x-www-form-urlencoded.',
  judge({ provider: { policy }, requests: { tokenRequests } }) {
    const withBody = tokenRequests.filter(({ entry }) => entry.request.form !== undefined);
    if (withBody.length === 0) throw new NotSeen('no token request had a body');
    const typeOf = (request: (typeof withBody)[number]): string => request.header('content-type') ?? 'none';
    const wrong = withBody.filter((request) => !/^application\/x-www-form-urlencoded *(;|$)/i.test(typeOf(request)));
    const [first] = wrong;
    if (first === undefined) return passed(`${withBody.length} token requests had a form.`, withBody);
    const type = typeOf(first).split(';', 1).join('');
    // clients of such a provider send what its documents show
    if (policy.tokenBodyTypes.includes('json') && type === 'application/json') {
      return passed('The token requests have JSON, which this provider accepts.', wrong);
    }
    return first.status === 200
      ? warned(`The Content-Type is ${type}: it works, because this provider does not insist on a form.`, wrong)
      : failed(`The Content-Type is ${type}, and the request was refused.`, wrong);
  },
});
