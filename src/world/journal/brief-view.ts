import { failedView, redactEntry } from './entry-view.js';
import { Redaction } from './redaction.js';
import { splitOnce } from './url-text.js';
import type { JournalEntry } from './entry.js';
import type { EntryView } from './entry-view.js';
import type { SecretsPolicy } from './redaction.js';
import type { Views } from './views.js';

/** A journal entry in a list: without headers, parameters, bodies, facts and notes. */
export interface BriefEntryView extends Omit<EntryView, 'request' | 'response' | 'facts' | 'notes'> {
  readonly request: Pick<EntryView['request'], 'method' | 'host' | 'path'>;
}

/** What is needed to show the entries of a world in brief. */
export interface ShownBriefly extends SecretsPolicy {
  readonly briefViews: Views;
}

/**
 * The brief view of an entry as JSON. Its members are as in the whole view (`viewText`). The view of a complete entry
 * is made once and kept within the bound of `Views`.
 */
export function briefText(entry: JournalEntry, shown: ShownBriefly): string {
  const kept = shown.briefViews.get(entry);
  if (kept !== undefined) return kept;
  const text = makeBrief(entry, shown);
  // an entry without weight was dropped by its journal
  if (entry.durationMs !== undefined && entry.weight > 0) shown.briefViews.keep(entry, text);
  return text;
}

function makeBrief(entry: JournalEntry, policy: SecretsPolicy): string {
  try {
    const redaction = new Redaction(policy);
    // a secret that a header or a body names may occur in the path or the explanation
    redaction.learn(() => redactEntry(entry, redaction));
    return redaction.everywhere(JSON.stringify(redactBriefly(entry, redaction)));
  } catch (error) {
    return JSON.stringify({ ...failedView(entry, error as Error), request: { method: '', path: '' } });
  }
}

function redactBriefly(entry: JournalEntry, redaction: Redaction): object {
  const { id, provider, endpoint, flow, method, host, status, reason, explanation, fault, durationMs } = entry;
  return {
    id,
    at: new Date(entry.at).toISOString(),
    realAt: new Date(entry.realAt).toISOString(),
    provider,
    endpoint,
    grantType: redaction.value(entry.grantType),
    clientId: redaction.value(entry.clientId),
    userId: redaction.value(entry.userId),
    flow,
    request: {
      method,
      host: host === undefined ? undefined : redaction.text(host),
      path: redaction.path(splitOnce(entry.url, '?')[0]),
    },
    status,
    reason,
    explanation: explanation === undefined ? undefined : redaction.untrusted(explanation),
    fault,
    durationMs,
  };
}
