import { apiChecks } from './api/index.js';
import { callbackChecks } from './callback/index.js';
import { endChecks } from './end/index.js';
import { lifeChecks } from './life/index.js';
import { peopleChecks } from './people/index.js';
import { requestChecks } from './request/index.js';
import { tokenAnswerChecks } from './token-answer/index.js';
import { tokenRequestChecks } from './token-request/index.js';
import type { Check } from '../check.js';

/** Every check, in the order in which they run. */
export const checks: readonly Check[] = [
  ...requestChecks,
  ...callbackChecks,
  ...tokenRequestChecks,
  ...tokenAnswerChecks,
  ...lifeChecks,
  ...apiChecks,
  ...peopleChecks,
  ...endChecks,
];
