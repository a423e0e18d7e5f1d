import { isReason, reasons } from '../../core/errors.js';
import { didYouMean } from '../../input/did-you-mean.js';
import { formatDuration, secondsOf } from '../../input/duration.js';
import { strictPolicy } from '../strict.js';
import type { Policy } from '../../core/policy.js';
import type { PolicyDocument, WholePolicyDocument } from './schema.js';
import type { Realm } from '../../core/realm.js';

/** Members of a document that are durations, with the fields of a policy that have them in seconds. */
const durations = {
  code: 'codeSeconds',
  accessToken: 'accessTokenSeconds',
  refreshToken: 'refreshTokenSeconds',
  refreshTokenIdle: 'refreshTokenIdleSeconds',
  refreshTokenAbsolute: 'refreshTokenAbsoluteSeconds',
  refreshGrace: 'refreshGraceSeconds',
  refreshRotationAfter: 'refreshRotationAfterSeconds',
} as const satisfies Partial<Record<keyof PolicyDocument, keyof Policy>>;

/** Members that are a number or `unlimited`. In a policy that is Infinity. */
const limits = ['callsPerSecond', 'refreshTokensPerUser', 'accessTokensPerUser'] as const;

const durationNames = Object.keys(durations) as (keyof typeof durations)[];
const fieldsInSeconds = new Set<string>(Object.values(durations));
const isDuration = (name: string): name is keyof typeof durations => Object.hasOwn(durations, name);

/** Changes the members of a policy that a document names. The schema must have accepted the document. */
export function applyPolicy(base: Policy, document: PolicyDocument): Policy {
  // worlds without changes share the policy of the provider, of a kilobyte
  if (Object.keys(document).length === 0) return base;
  const { preset, interaction, errors, ...same } = document;
  const changed: Record<string, unknown> = { ...(preset === undefined ? base : strictPolicy(base)) };
  for (const [name, value] of Object.entries(same)) {
    if (isDuration(name)) changed[durations[name]] = secondsOf(value as string);
    else changed[name] = value;
  }
  for (const name of limits) if (document[name] === 'unlimited') changed[name] = Infinity;
  if (interaction !== undefined) {
    changed.interaction = interaction.mode === 'auto' ? { decision: 'allow', ...interaction } : interaction;
  }
  if (errors !== undefined) changed.errors = { ...base.errors, ...errors };
  return changed as unknown as Policy;
}

/** Writes a policy as a document. `applyPolicy` reads it back as the same policy. */
export function policyToDocument(policy: Policy): WholePolicyDocument {
  const document: Record<string, unknown> = {};
  for (const name of durationNames) document[name] = formatDuration(policy[durations[name]]);
  for (const [name, value] of Object.entries(policy)) if (!fieldsInSeconds.has(name)) document[name] = value;
  for (const name of limits) if (policy[name] === Infinity) document[name] = 'unlimited';
  return document as unknown as WholePolicyDocument;
}

/** Contradictions in a policy, or between a policy and the users of its realm. */
export function contradictions(policy: Policy, users: Pick<Realm, 'user'>): { member: string; message: string }[] {
  const found: { member: string; message: string }[] = [];
  const check = (wrong: boolean, member: string, message: string): void => {
    if (wrong) found.push({ member, message });
  };
  const { interaction } = policy;
  check(
    interaction.mode === 'auto' && users.user(interaction.user) === undefined,
    'interaction',
    `names the user ${JSON.stringify('user' in interaction ? interaction.user : '')}, which this realm does not have`,
  );
  check(
    policy.pkce.startsWith('required') && policy.pkceMethods.length === 0,
    'pkceMethods',
    'is empty, but pkce is required',
  );
  check(
    policy.basicWithoutScheme && !policy.clientCredentialsIn.includes('basic'),
    'basicWithoutScheme',
    'is true, but clientCredentialsIn does not include basic',
  );
  check(
    !policy.tokenMethods.includes('POST') && !policy.tokenParametersIn.includes('query'),
    'tokenMethods',
    'allows only GET, but tokenParametersIn does not include query',
  );
  check(
    policy.refreshRotation === 'keep' &&
      !policy.refreshTokenIssued &&
      policy.grants.includes('refresh_token') &&
      policy.accessTokenReused,
    'refreshTokenIssued',
    'is false, but accessTokenReused with refreshRotation keep requires refresh tokens',
  );
  check(
    policy.refreshGraceSeconds === Infinity,
    'refreshGrace',
    'is never: a replaced refresh token must end. refreshRotation keep does not replace it',
  );
  check(
    policy.refreshRotationAfterSeconds === Infinity,
    'refreshRotationAfter',
    'is never: a refresh token that is never replaced is refreshRotation keep',
  );
  check(policy.codeSeconds === Infinity, 'code', 'is never: an authorization code must expire (RFC 6749 §4.1.2)');
  for (const reason of Object.keys(policy.errors)) {
    check(
      !isReason(reason),
      `errors.${reason}`,
      `is not a reason in the error table${didYouMean(reason, Object.keys(reasons))}`,
    );
  }
  return found;
}
