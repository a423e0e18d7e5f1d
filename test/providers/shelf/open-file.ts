import { readFileSync } from 'node:fs';
import { start } from '../../../src/client/index.js';
import { folderOf } from '../files/shop.js';
import type { Test } from 'tap';
import type { Understudy } from '../../../src/client/index.js';

/** The time at which the worlds of these tests begin: 1767225600 in seconds since 1970. */
export const beginning = '2026-01-01T00:00:00Z';

/**
 * A server with one file of the shelf, and other files beside it, by their names without `.yaml`. It is closed after the
 * test.
 */
export async function openFile(
  t: Test,
  file: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Understudy> {
  const text = readFileSync(new URL(`../../../providers/${file}.yaml`, import.meta.url), 'utf8');
  const files = Object.entries({ [file]: text, ...more }).map(([name, content]) => [`${name}.yaml`, content] as const);
  const server = await start({ providers: folderOf(t, Object.fromEntries(files)) });
  t.teardown(() => server.close());
  return server;
}
