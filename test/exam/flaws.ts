/* eslint-disable no-console -- a program for the terminal */
// Tries each flaw of the careful application against all checks: its own must have the verdict in flawed-at.ts, and no
// other may fail or warn. It takes some minutes, so `npm test` tries each flaw against its own check only. Arguments:
// ids of checks or names of groups; none: all of them.
import { start } from '../../src/client/index.js';
import { checks } from '../../src/exam/checks/index.js';
import { examAt } from './exam-of.js';
import { flawedAt, verdictOfFlaw } from './flawed-at.js';
import type { Check } from '../../src/exam/check.js';

const names = process.argv.slice(2);
const tried = checks.filter(({ id, group }) => names.length === 0 || names.includes(id) || names.includes(group));
const providerFor = await flawedAt();
const server = await start();
const waiting = [...tried];
let wrong = 0;

/** What an application with a flaw fails beside its own check, or that it does not fail this. Empty: it is right. */
async function complaintsAbout(check: Check): Promise<string[]> {
  await using world = await server.newWorld();
  const { checks: results } = await examAt(world, providerFor(check), { flaws: [check.id] });
  const isBad = (verdict: string): boolean => ['failed', 'warned', 'unsteady'].includes(verdict);
  return results
    .filter(({ id, verdict }) => (id === check.id ? verdict !== verdictOfFlaw(check) : isBad(verdict)))
    .map(({ id, verdict, explanation }) => `  ${id} ${verdict}: ${explanation}`);
}

async function work(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    const complaints = await complaintsAbout(check).catch((error: unknown) => [`  ${String(error)}`]);
    if (complaints.length > 0) wrong += 1;
    console.log([`${complaints.length === 0 ? 'ok    ' : 'wrong '} ${check.id}`, ...complaints].join('\n'));
  }
}

await Promise.all([work(), work(), work(), work()]);
await server.close();
console.log(`${tried.length - wrong} of ${tried.length} flaws fail their own check, and no other`);
process.exitCode = wrong === 0 ? 0 : 1;
