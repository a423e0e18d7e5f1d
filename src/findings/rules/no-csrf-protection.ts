import { defineRule } from '../rule.js';
import type { Flow } from '../flow.js';
import type { Severity } from '../severity.js';

export const noCsrfProtection = defineRule({
  id: 'no-csrf-protection',
  severity: 'error',
  verdict:
    'An authorization was requested with neither state nor PKCE. An attacker can make the client accept a ' +
    "code of the attacker's account.",
  clause: 'RFC 6749 §10.12; RFC 9700 §2.1',
  advice:
    'Send a new random state with each authorization request, store it in the browser session, and compare it ' +
    'in the callback. If the provider supports PKCE, send a code_challenge too.',
  spares:
    'A note if the provider neither returns state nor supports PKCE, because the client can use neither. A ' +
    'warning if a code_challenge was sent to a provider that ignores it.',
  judge: ({ flows }) =>
    flows.filter(isBare).map((flow) => ({
      by: [flow.request],
      severity: severityOf(flow),
      says:
        flow.challenge === undefined
          ? 'The request has no state and no code_challenge.'
          : 'The request has no state, and the provider ignores its code_challenge.',
    })),
});

/** MailUp's endpoint of 2013 answers the client directly, without a redirect. */
const isDirect = ({ request }: Flow): boolean =>
  request.policy.passwordAtAuthorize && request.parameter('username') !== undefined;

function isBare(flow: Flow): boolean {
  return flow.state === undefined && !flow.hasPkce && !isDirect(flow) && !hasOwnParameter(flow);
}

/** If the provider returns no state, a client can use a parameter in its redirect_uri instead. */
function hasOwnParameter({ request }: Flow): boolean {
  return !request.policy.echoState && request.parameter('redirect_uri')?.includes('?') === true;
}

function severityOf({ request, challenge }: Flow): Severity {
  if (!request.policy.echoState && request.policy.pkce === 'ignored') return 'note';
  return challenge === undefined ? 'error' : 'warning';
}
