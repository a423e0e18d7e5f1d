import { healthRoutes } from './health.js';
import type { AdminRoute } from './route.js';

/** Every call of the admin API, in the order of its document. */
export const routes: readonly AdminRoute[] = [
  ...healthRoutes,
];
