import type { Policy } from '../core/policy.js';
import type { DocumentedInUrl, Provider } from '../providers/provider.js';
import type { Severity } from './severity.js';

/** Whether the provider's own documents or code are the source of a fact about a policy field. */
function documents({ facts }: Provider, field: keyof Policy): boolean {
  return facts.some((fact) => fact.field === field && fact.confidence.startsWith('SEEN(d'));
}

/**
 * The severity of a breach of the RFCs: a note if the provider documents it, a warning if the provider accepts it,
 * otherwise an error.
 */
export function severityByPolicy(provider: Provider, allowed: boolean, field: keyof Policy): Severity {
  if (!allowed) return 'error';
  return documents(provider, field) ? 'note' : 'warning';
}

/**
 * The severity of a secret in a URL: a note if the provider documents this parameter in the URL of this endpoint, a
 * warning if the provider accepts it there, otherwise an error.
 */
export function severityInUrl(
  { documentedInUrl = {} }: Provider,
  endpoint: string,
  name: string,
  accepted: boolean,
): Severity {
  if (!accepted) return 'error';
  return documentedInUrl[endpoint as keyof DocumentedInUrl]?.includes(name) === true ? 'note' : 'warning';
}
