import type { RuleDraft } from './rule-draft.js';

let kept: { readonly json: string; readonly draft: RuleDraft } | undefined;

/** Keeps what a person filled in, until it is added or discarded: Back closes the form without asking. */
export function keepDraft(json: string, draft: RuleDraft): void {
  kept = { json, draft };
}

/** What was filled in at the form that this JSON filled at first. */
export const keptDraft = (json: string): RuleDraft | undefined => (kept?.json === json ? kept.draft : undefined);

/** Forgets what was filled in. */
export function dropDraft(): void {
  kept = undefined;
}
