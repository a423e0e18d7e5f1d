import { defined } from '../../parts/defined.js';
import type { FaultRule } from '../../../client/index.js';

/** A fault that a person can choose by a sentence. */
export interface Preset {
  readonly id: string;
  readonly group: 'Refresh' | 'Tokens' | 'API' | 'Login';
  readonly title: string;
  /** What a client has to do about it. */
  readonly tests: string;
  readonly rule: FaultRule;
}

const refresh = { endpoint: 'token', grantType: 'refresh_token' } as const;

/** Faults in words, in the order in which they are shown. */
export const presets: readonly Preset[] = [
  {
    id: 'refresh-refused',
    group: 'Refresh',
    title: 'The next refresh is refused',
    tests: 'The client has to ask the person to log in again, not to retry.',
    rule: { match: refresh, times: 1, fault: { kind: 'oauth-error', error: 'invalid_grant' } },
  },
  {
    id: 'refresh-lost',
    group: 'Refresh',
    title: 'The answer gets lost after the refresh',
    tests:
      'The new tokens exist, and the client sees a closed connection. MailUp refuses the old refresh token then; at ' +
      'DottedSign it works until the new access token is used. A browser repeats the request: use your own client.',
    rule: { match: refresh, times: 1, fault: { kind: 'drop' } },
  },
  {
    id: 'refresh-race',
    group: 'Refresh',
    title: 'The next two refreshes race',
    tests: 'They reach the provider together. One of them may lose.',
    rule: { match: refresh, times: 2, fault: { kind: 'hold', until: 2, atMost: '5s' } },
  },
  {
    id: 'token-broken',
    group: 'Tokens',
    title: 'The token answer is broken JSON',
    tests: 'The client has to say what went wrong, not crash.',
    rule: { match: { endpoint: 'token' }, times: 1, fault: { kind: 'garble' } },
  },
  {
    id: 'no-expires-in',
    group: 'Tokens',
    title: 'expires_in is missing',
    tests: 'RFC 6749 §5.1 only recommends it.',
    rule: { match: { endpoint: 'token' }, fault: { kind: 'patch', remove: ['expires_in'] } },
  },
  {
    id: 'token-slow',
    group: 'Tokens',
    title: 'The token endpoint is slow (5\u00a0s)',
    tests: 'The client needs a longer timeout.',
    rule: { match: { endpoint: 'token' }, fault: { kind: 'delay', for: '5s' } },
  },
  {
    id: 'api-down',
    group: 'API',
    title: 'The API is down for three calls',
    tests: 'Status 503. The client keeps its tokens.',
    rule: { match: { endpoint: 'resource' }, times: 3, fault: { kind: 'status', status: 503 } },
  },
  {
    id: 'api-rate-limited',
    group: 'API',
    title: 'Rate-limited for 30 seconds',
    tests: 'Status 429 with Retry-After, on the clock of the world.',
    rule: { match: { endpoint: 'resource' }, for: '30s', fault: { kind: 'rate-limit', retryAfter: 30 } },
  },
  {
    id: 'api-until-refresh',
    group: 'API',
    title: 'The API refuses tokens until the next refresh',
    tests: 'A 401 before expires_in is over: the client has to refresh.',
    rule: { match: { endpoint: 'resource' }, until: refresh, fault: { kind: 'oauth-error', error: 'invalid_token' } },
  },
  {
    id: 'state-altered',
    group: 'Login',
    title: 'The state in the callback is altered',
    tests: 'The client must not exchange the code.',
    rule: { match: { endpoint: 'authorize' }, times: 1, fault: { kind: 'tamper', state: 'altered' } },
  },
];

/** The rule of a preset at one provider. Without a provider it applies at all. */
export function presetRule({ rule }: Preset, provider: string): FaultRule {
  if (provider === '') return rule;
  return {
    ...rule,
    match: { provider, ...rule.match },
    ...defined({ until: rule.until && { provider, ...rule.until } }),
  };
}
