import type { Policy } from '../core/model.js';
import type { Provider } from '../providers/provider.js';
import type { Severity } from './severity.js';

/** Whether the provider itself, by its own documents or code, is the source of a fact about a policy field. */
export function documents({ facts }: Provider, field: keyof Policy): boolean {
  return facts.some((fact) => fact.field === field && fact.confidence.startsWith('SEEN(d'));
}

/** How grave a breach of the RFCs is: what the provider asks for is no fault of its client, and what it takes is no error. */
export function leniency(provider: Provider, allowed: boolean, field: keyof Policy): Severity {
  if (!allowed) return 'error';
  return documents(provider, field) ? 'note' : 'warning';
}
