import type { Policy } from '../core/model.js';
import type { Provider } from '../providers/provider.js';
import type { Severity } from './severity.js';

/** Whether a fact about a policy field comes from the provider's own documentation or code. */
export function documents({ facts }: Provider, field: keyof Policy): boolean {
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
