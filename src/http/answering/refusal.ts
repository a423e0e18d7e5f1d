import { OAuthError, explain, refuse } from '../../core/errors.js';
import { reasons } from '../../core/reasons/index.js';
import { mediaTypes } from '../reading/body.js';
import type { FastifyError, FastifyRequest } from 'fastify';
import type { Policy } from '../../core/model.js';
import type { Provider, Refusal } from '../../providers/provider.js';
import type { JournalEntry } from '../../world/journal/journal.js';

/** Whatever was thrown, as one of the reasons of the table: Fastify's own errors must speak in the provider's dress as well. */
export function toOAuthError(
  error: unknown,
  { headers, realm, routeOptions }: Pick<FastifyRequest, 'headers' | 'realm' | 'routeOptions'>,
): OAuthError {
  if (error instanceof OAuthError) return error;
  const { code, statusCode, message } = error as Partial<FastifyError>;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return refuse('request.body-too-large', { limitBytes: routeOptions.bodyLimit });
  }
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return refuse('request.content-type-unsupported', {
      received: headers['content-type'],
      accepted: mediaTypes(realm.policy),
    });
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return refuse('request.body-malformed', { detail: String(message) });
  }
  return refuse('server.failed', { detail: String(message) });
}

/** What the wire says of a refusal: the standard's row, under the provider's, under the policy's. */
export function describe(provider: Provider, policy: Policy, { reason, facts }: OAuthError): Refusal {
  const standard = reasons[reason];
  const own = provider.reasons[reason];
  const relaxed = policy.errors[reason];
  const description =
    relaxed?.description ??
    (typeof own?.description === 'function' ? own.description(facts) : own?.description) ??
    standard.description;
  return {
    reason,
    facts,
    status: relaxed?.status ?? own?.status ?? standard.status,
    error: relaxed?.error ?? own?.error ?? standard.error,
    description,
    // another error has another code
    code: relaxed?.error === undefined ? own?.code : undefined,
  };
}

/** Keeps in the journal why a request was refused, exactly. */
export function note(entry: JournalEntry, error: OAuthError): void {
  entry.reason = error.reason;
  entry.facts = error.facts;
  entry.explanation = explain(error);
}
