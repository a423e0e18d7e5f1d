import { authorizationRoutes } from './authorizations.js';
import { caRoutes } from './ca.js';
import { clientRoutes } from './clients.js';
import { clockRoutes } from './clock.js';
import { codeRoutes } from './codes.js';
import { definitionRoutes } from './definitions.js';
import { examRoutes } from './exam.js';
import { faultRoutes } from './faults.js';
import { findingsRoutes } from './findings.js';
import { healthRoutes } from './health.js';
import { journalRoutes } from './journal.js';
import { lineageRoutes } from './lineage.js';
import { providerRoutes } from './providers.js';
import { scenarioRoutes } from './scenarios.js';
import { snapshotRoutes } from './snapshot.js';
import { tokenRoutes } from './tokens.js';
import { userRoutes } from './users.js';
import { verifyRoutes } from './verify.js';
import { worldRoutes } from './worlds.js';
import type { AdminRoute } from './route.js';

/** Every call of the admin API, in the order of the reference page. */
export const routes: readonly AdminRoute[] = [
  ...healthRoutes,
  ...caRoutes,
  ...worldRoutes,
  ...scenarioRoutes,
  ...clockRoutes,
  ...providerRoutes,
  ...definitionRoutes,
  ...clientRoutes,
  ...userRoutes,
  ...tokenRoutes,
  ...codeRoutes,
  ...authorizationRoutes,
  ...faultRoutes,
  ...journalRoutes,
  ...verifyRoutes,
  ...findingsRoutes,
  ...lineageRoutes,
  ...examRoutes,
  ...snapshotRoutes,
];
