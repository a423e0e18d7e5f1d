import { authorizeTools } from './authorize.js';
import { clockTools } from './clock.js';
import { examTools } from './exam.js';
import { faultTools } from './faults.js';
import { findingTools } from './findings.js';
import { journalTools } from './journal.js';
import { providerTools } from './providers.js';
import { scenarioTools } from './scenarios.js';
import { tokenTools } from './tokens.js';
import { worldTools } from './worlds.js';
import type { Tool } from '../tool.js';

/** Every tool, in the order in which an assistant needs them. */
export const tools: readonly Tool[] = [
  ...worldTools,
  ...scenarioTools,
  ...providerTools,
  ...authorizeTools,
  ...clockTools,
  ...tokenTools,
  ...faultTools,
  ...journalTools,
  ...findingTools,
  ...examTools,
];
