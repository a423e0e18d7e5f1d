import { row } from './row.js';

/** Failures of Understudy itself. */
export const serverReasons = {
  'server.failed': row(
    500,
    'server_error',
    'Understudy itself failed.',
    (f: { detail: string }) => `Understudy itself failed: ${f.detail}`,
  ),
} as const;
