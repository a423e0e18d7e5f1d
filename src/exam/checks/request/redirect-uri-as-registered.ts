import { defineCheck } from '../../check.js';
import { NotSeen, passed, warned } from '../../judgement.js';
import { firstFlow } from '../../ordinary-run.js';

/** A native application listens on any free port of a loopback address (RFC 8252 §7.3). */
const withoutFreePort = (uri: string): string => uri.replace(/^(http:\/\/(?:127(?:\.\d+){3}|\[::1\])):\d+/, '$1');

/** Other providers compare the whole text, and this one may begin to. */
export const redirectUriAsRegistered = defineCheck({
  id: 'redirect-uri-as-registered',
  group: 'request',
  title: 'The redirect_uri is one that is registered, character by character',
  clause: 'RFC 9700 §2.1, RFC 6749 §3.1.2.3',
  severity: 'warning',
  stages: 'An ordinary flow.',
  looksAt: 'Whether the redirect_uri equals a registered one. The port of a loopback address may differ.',
  advice: 'Send the registered redirect_uri without additions. What belongs to one flow is kept with its state.',
  notFor: ({ statePlace }) =>
    statePlace === 'redirect-uri' ? "this provider's clients add the state to the redirect_uri" : undefined,
  judge(run) {
    const { authorization } = firstFlow(run);
    const sent = authorization.query('redirect_uri');
    if (sent === undefined) throw new NotSeen('the client sends no redirect_uri');
    return run.redirectUris.map(withoutFreePort).includes(withoutFreePort(sent))
      ? passed('The redirect_uri is a registered one.', [authorization])
      : warned('The redirect_uri is none of the registered ones. This provider compares less strictly than others.', [
          authorization,
        ]);
  },
});
