/** Fuzzes for as long as it is told to: `npm run fuzz -- 10` is ten minutes, `npm run fuzz -- 10 1234` begins with the seed 1234. */
import { Fuzzer, fuzzBytes, fuzzRequests } from './fuzzer.js';
import { Stage } from './stage.js';

const [minutes = '1', firstSeed = String(Date.now() % 1_000_000_000)] = process.argv.slice(2);
const end = performance.now() + Number(minutes) * 60_000;
const runsARound = 2000;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

let failures = 0;
let sent = 0;
say(`seeds from ${firstSeed} on`);
for (let seed = Number(firstSeed); performance.now() < end; seed += 1) {
  for (const guarded of [true, false]) {
    const fuzzer = new Fuzzer(await Stage.open(guarded));
    for (const fuzz of [fuzzRequests, fuzzBytes]) {
      const { failure } = await fuzz(fuzzer, {
        seed,
        runs: runsARound,
        timeLimitMs: Math.max(end - performance.now(), 1000),
      });
      if (failure === undefined) continue;
      failures += 1;
      say(`\n${fuzz.name}, ${guarded ? 'guarded' : 'open'}: ${failure}\n`);
    }
    for (const leak of fuzzer.logLeaks()) {
      failures += 1;
      say(`\nseed ${seed}, ${guarded ? 'guarded' : 'open'}: ${leak}\n`);
    }
    await fuzzer.stage.close();
    sent += fuzzer.sent;
    const statuses = [...fuzzer.statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${status}×${count}`)
      .join(' ');
    say(
      `seed ${seed}, ${guarded ? 'guarded' : 'open'}: ${fuzzer.sent} requests (${statuses}); the slowest took ${Math.round(fuzzer.slowest.ms)} ms: ${fuzzer.slowest.about}, ${JSON.stringify(fuzzer.slowest.bytes.toString('latin1').slice(0, 200))}`,
    );
  }
}
say(`${sent} requests, ${failures} failures`);
process.exitCode = failures === 0 ? 0 : 1;
