import type { Verdict } from '../admin/schemas/exam-words.js';

export { verdicts } from '../admin/schemas/exam-words.js';
export type { Verdict } from '../admin/schemas/exam-words.js';

/** Whether the client does not do what the check asks for, each time or sometimes. */
export const isBroken = ({ verdict }: { readonly verdict: Verdict }): boolean =>
  verdict === 'failed' || verdict === 'unsteady';
