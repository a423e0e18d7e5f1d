import { OAuthError, explain, refuse, reasons } from '../../core/errors.js';
import { providerFileFailed } from '../../core/reasons/server.js';
import { rowOf } from '../../providers/answer-format.js';
import { escapeBidi } from '../../input/printable.js';
import type { FastifyError, FastifyRequest } from 'fastify';
import type { Policy } from '../../core/policy.js';
import type { Provider, Refusal } from '../../providers/provider.js';
import type { JournalEntry } from '../../world/journal/entry.js';

/** Turns errors of Fastify, and any unexpected error, into a reason, so that the provider's format is used. */
export function toOAuthError(error: unknown, { routeOptions }: Pick<FastifyRequest, 'routeOptions'>): OAuthError {
  if (error instanceof OAuthError) return error;
  const { code, statusCode, message } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return refuse('request.body-too-large', { limitBytes: routeOptions.bodyLimit });
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return refuse('request.body-malformed', { detail: String(message) });
  }
  return refuse('server.failed', { detail: String(message) });
}

/** Status, error code and description of a refusal: from the policy's row, else the provider's, else the standard's. */
export function describe(provider: Provider, policy: Policy, { reason, facts }: OAuthError): Refusal {
  const standard = reasons[reason];
  const own = rowOf(provider, policy, reason);
  const fromPolicy = policy.errors[reason];
  const description =
    fromPolicy?.description ??
    (typeof own?.description === 'function' ? own.description(facts) : own?.description) ??
    (reason === 'server.failed' && facts.file !== undefined ? providerFileFailed : standard.description);
  return {
    reason,
    facts,
    status: fromPolicy?.status ?? own?.status ?? standard.status,
    error: fromPolicy?.error ?? own?.error ?? standard.error,
    description,
    writing: policy,
    // the provider's numeric code belongs to the provider's error only
    code: fromPolicy?.error === undefined ? own?.code : undefined,
  };
}

/** Records the reason and the facts of a refusal in the journal. */
export function recordRefusal(entry: JournalEntry, error: OAuthError): void {
  entry.reason = error.reason;
  entry.facts = error.facts;
  // it quotes what the client sent
  entry.explanation = escapeBidi(explain(error));
}
