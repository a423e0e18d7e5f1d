import { row, quote } from './row.js';

/** Reasons of a protected resource that do not concern the access token. */
export const resourceReasons = {
  'resource.suspended': row(
    403,
    'access_denied',
    'The account is suspended.',
    (f: { username: string }) => `the account ${quote(f.username)} is suspended`,
  ),
  'resource.too-many-calls': row(
    429,
    'too_many_requests',
    'Too many requests.',
    (f: { limit: number; actual: number }) =>
      `${String(f.actual)} calls in one second; the limit is ${String(f.limit)}`,
  ),
  'resource.unknown': row(
    404,
    'not_found',
    'There is nothing at this path.',
    (f: { method: string; path: string }) =>
      `no resource is served for ${f.method} ${quote(f.path)}; a scenario can define a stub for it`,
  ),
} as const;
