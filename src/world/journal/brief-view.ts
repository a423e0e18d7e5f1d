import { failedView, firstMembers, keptText, redactEntry } from './entry-view.js';
import { Redaction } from './redaction.js';
import { splitOnce } from './url-text.js';
import type { JournalEntry } from './entry.js';
import type { SecretsPolicy } from './redaction.js';
import type { Views } from './views.js';

/** What is needed to show the entries of a world in brief. */
export interface ShownBriefly extends SecretsPolicy {
  readonly briefViews: Views;
}

/**
 * The view of an entry in a list, as JSON: without headers, parameters, bodies, facts and notes. The other members are
 * as in the whole view (`viewText`). The view of a complete entry is made once and kept within the bound of `Views`.
 */
export const briefText = (entry: JournalEntry, shown: ShownBriefly): string =>
  keptText(entry, shown.briefViews, () => makeBrief(entry, shown));

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
  const { method, host, status, reason, explanation, fault, durationMs } = entry;
  return {
    ...firstMembers(entry, redaction),
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
