// Times calls of the library: `{ url, starts, worlds }` on stdin, milliseconds of each call on stdout. The first calls are
// not counted: they load and compile code.
import { readFileSync } from 'node:fs';
import { connect, start } from '../dist/library.js';

const { url, starts, worlds } = JSON.parse(readFileSync(0, 'utf8'));

/** Milliseconds of some calls; `after` is not part of them. */
async function timesOf(calls, uncounted, call, after) {
  const times = [];
  for (let i = 0; i < uncounted + calls; i += 1) {
    const begun = performance.now();
    const made = await call();
    if (i >= uncounted) times.push(performance.now() - begun);
    await after(made);
  }
  return times;
}

const server = await connect(url);
const seen = {
  starts: await timesOf(
    starts,
    1,
    () => start(),
    (made) => made.close(),
  ),
  worlds: await timesOf(
    worlds,
    50,
    () => server.newWorld(),
    (made) => made.drop(),
  ),
};
process.stdout.write(`${JSON.stringify(seen)}\n`);
