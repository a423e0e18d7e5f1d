import type { ExamCheck } from '../../../client/index.js';

/** Groups of checks, in the order in which they run. The panel has no values of the server: a test compares them. */
export const groups: readonly ExamCheck['group'][] = [
  'request',
  'callback',
  'token-request',
  'token-answer',
  'life',
  'api',
  'people',
  'end',
];
