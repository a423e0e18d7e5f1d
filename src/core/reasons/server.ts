import { row } from './row.js';

/** What a client is told when the file of its provider failed. */
export const providerFileFailed = 'The file of the provider failed.';

/** Failures of Understudy itself, and of the file of a provider: then the facts say which, and where in it. */
export const serverReasons = {
  'server.failed': row(
    500,
    'server_error',
    'Understudy itself failed.',
    ({ detail, file, path }: { detail: string; file?: string; path?: string }) =>
      file === undefined
        ? `Understudy itself failed: ${detail}`
        : `the file of the provider ${JSON.stringify(file)} failed at ${String(path)}: ${detail}`,
  ),
} as const;
