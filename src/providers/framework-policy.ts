import type { Policy } from '../core/policy.js';

/** What the frameworks of the web do alike unless an application forbids it: ASP.NET, Spring and Rails. */
export const frameworkPolicy = {
  authorizeMethods: ['GET', 'HEAD', 'POST'],
  authorizeParametersIn: 'query-and-body',
  secretInUrl: 'accepted',
  authorizationTwice: 'first-counts',
} as const satisfies Partial<Policy>;
