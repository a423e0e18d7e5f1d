import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed, warned } from '../../judgement.js';
import type { SeenRequest } from '../../seen-request.js';

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
    const others = withBody.filter((request) => typeOf(request) !== 'application/x-www-form-urlencoded');
    if (others.length === 0) return passed(`${withBody.length} token requests had a form.`, withBody);
    // clients of such a provider send what its documents show
    const acceptsJson = policy.tokenBodyTypes.includes('json');
    const wrong = others.filter((request) => !acceptsJson || typeOf(request) !== 'application/json');
    const [first] = wrong;
    if (first === undefined) return passed('The token requests have JSON, which this provider accepts.', others);
    const refused = wrong.find(({ status }) => status !== 200);
    return refused === undefined
      ? warned(
          `The Content-Type is ${typeOf(first)}: it works, because this provider does not insist on a form.`,
          wrong,
        )
      : failed(`The Content-Type is ${typeOf(refused)}, and the request was refused.`, wrong);
  },
});

/** The media type, in lower case and without its parameters. */
function typeOf(request: SeenRequest): string {
  const [type = ''] = (request.header('content-type') ?? 'none').split(';', 1);
  return type.trim().toLowerCase();
}
