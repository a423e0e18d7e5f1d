import { isReason, reasons } from '../../core/errors.js';
import { didYouMean } from '../../input/did-you-mean.js';
import { formatDuration, secondsOf } from '../../input/duration.js';
import { strictPolicy } from '../strict.js';
import type { Policy } from '../../core/policy.js';
import type { PolicyDocument, WholePolicyDocument } from './schema.js';
import type { Realm } from '../../core/realm.js';

/** Changes the members of a policy that a document names. The schema must have accepted the document. */
export function applyPolicy(base: Policy, document: PolicyDocument): Policy {
  const { preset, code, accessToken, refreshToken, interaction, callsPerSecond, errors, ...same } = document;
  return {
    ...(preset === undefined ? base : strictPolicy(base)),
    ...same,
    ...(code === undefined ? {} : { codeSeconds: secondsOf(code) }),
    ...(accessToken === undefined ? {} : { accessTokenSeconds: secondsOf(accessToken) }),
    ...(refreshToken === undefined ? {} : { refreshTokenSeconds: secondsOf(refreshToken) }),
    ...(interaction === undefined
      ? {}
      : { interaction: interaction.mode === 'auto' ? { decision: 'allow', ...interaction } : interaction }),
    ...(callsPerSecond === undefined
      ? {}
      : { callsPerSecond: callsPerSecond === 'unlimited' ? Infinity : callsPerSecond }),
    ...(errors === undefined ? {} : { errors: { ...base.errors, ...errors } }),
  };
}

/** Writes a policy as a document. `applyPolicy` reads it back as the same policy. */
export function policyToDocument(policy: Policy): WholePolicyDocument {
  const { codeSeconds, accessTokenSeconds, refreshTokenSeconds, callsPerSecond, ...same } = policy;
  return {
    code: formatDuration(codeSeconds),
    accessToken: formatDuration(accessTokenSeconds),
    refreshToken: formatDuration(refreshTokenSeconds),
    ...same,
    callsPerSecond: callsPerSecond === Infinity ? 'unlimited' : callsPerSecond,
  } as unknown as WholePolicyDocument;
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
  check(policy.pkce === 'required' && policy.pkceMethods.length === 0, 'pkceMethods', 'is empty, but pkce is required');
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
