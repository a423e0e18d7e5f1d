import { Type } from 'typebox';
import { words } from '../../../input/words.js';
import type { Static } from 'typebox';

/** Every rule by which a client is judged, in the order of the reference page. What each of them does: src/findings/rules. */
export const ruleIds = [
  'no-csrf-protection',
  'state-reused',
  'state-not-checked',
  'state-too-short',
  'pkce-plain',
  'pkce-constant',
  'verifier-equals-state',
  'code-replayed',
  'code-exchanged-late',
  'redirect-uri-differs',
  'redirect-uri-insecure',
  'callback-silent',
  'secret-in-url',
  'token-in-url',
  'credentials-twice',
  'basic-not-encoded',
  'wrong-content-type',
  'unknown-parameter',
  'password-grant-used',
  'stale-refresh-token',
  'parallel-refresh',
  'refresh-after-refusal',
  'refresh-storm',
  'expired-token-resent',
  'expiry-not-anticipated',
  'scope-assumed',
  'retry-after-ignored',
  'no-backoff',
] as const;

export type RuleId = (typeof ruleIds)[number];

/** A finding that is known and accepted: it is told apart from the others, with the reason. */
export const SuppressionSchema = Type.Object(
  {
    rule: words(...ruleIds),
    reason: Type.String({ minLength: 1, maxLength: 1000, description: 'Why it is accepted; the report shows it' }),
    provider: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Left out: at any provider' })),
    clientId: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Left out: of any client' })),
  },
  { additionalProperties: false },
);

export type Suppression = Static<typeof SuppressionSchema>;
