import { spreadOf } from './statistics.js';
import { understudyCommand } from './contenders.js';
import { ServerProcess, runLoad, nodeCommand } from './server-process.js';
import type { Spread } from './statistics.js';

/** Milliseconds of two calls of the library that tests make often. */
export interface LibraryTimes {
  /** `start()` in a process that has started a server before. */
  readonly start: Spread;
  /** `newWorld()` of a server in another process. */
  readonly newWorld: Spread;
}

/** Measures the calls in a process of its own, as a test would make them. */
export async function measureLibrary(starts: number, worlds: number): Promise<LibraryTimes> {
  const server = await ServerProcess.start(understudyCommand);
  try {
    const job = JSON.stringify({ url: server.url, starts, worlds });
    const seen = await runLoad<{ starts: number[]; worlds: number[] }>(
      nodeCommand('bench/library-calls.js'),
      job,
      'latency',
    );
    return { start: spreadOf(seen.starts), newWorld: spreadOf(seen.worlds) };
  } finally {
    await server.stop();
  }
}
