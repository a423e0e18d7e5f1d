import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { routes } from '../../src/admin/routes.js';
import { packageFolder } from '../../src/package.js';
import { corpusOf } from './corpus.js';
import { allText, write } from './draft.js';
import { foundAt } from './found.js';
import { Fuzzer, fuzzBytes, fuzzFaults, fuzzRequests } from './fuzzer.js';
import { bystanderOf, goldenFlow } from './golden.js';
import { Stage } from './stage.js';

/** A fixed seed: the same inputs in every run. `npm run fuzz` uses other seeds. */
const seed = 20_261_125;
/** Not reached on a slow machine either: each run has the same inputs. */
const timeLimitMs = 60_000;
const runs = 100;

const calls = new Set(routes.map(({ method, path }) => `${method} ${path}`));
/**
 * Paths of the corpus that are not served on purpose. This server has no certificate authority and makes no exams, and the world of a
 * call has no provider of its own to remove.
 */
const isUnserved =
  /\/nothing$|^\/w\/none|^\/$|^\/__admin$|^GET \/ca\.pem$|^DELETE \/providers\/:provider$|^POST \/exam$|^GET \/exam\//;

// The bundle, not the sources: users run it, and it can have errors of its own.
if (!existsSync(join(packageFolder, 'dist/main.js'))) {
  await once(spawn('npm', ['run', 'build', '--silent'], { cwd: packageFolder }), 'close');
}

for (const guarded of [true, false]) {
  t.test(guarded ? 'a server whose admin API requires a token' : 'a server whose admin API is open', async (t) => {
    const fuzzer = new Fuzzer(await Stage.open(guarded));
    const { stage } = fuzzer;
    t.teardown(() => stage.close());
    const before = { golden: await goldenFlow(stage), bystander: await bystanderOf(stage) };

    // Once is enough: the calls are the same in both modes, and each change costs a new world.
    if (guarded) {
      await t.test('a valid request for every endpoint and every admin call is served', async (t) => {
        const isServed = new Map<string, boolean>();
        const troubled: string[] = [];
        for (const draft of corpusOf(stage)) {
          const { outcome, troubles } = await fuzzer.play(write(draft, fuzzer.host), allText(draft), draft.about);
          troubled.push(...troubles.map((trouble) => `${draft.about}: ${trouble}`));
          const what = calls.has(draft.about) ? draft.about : draft.path;
          // A call that waits answers 408; a stream is closed before its first event.
          const status = outcome.answers[0]?.status ?? 200;
          isServed.set(what, isServed.get(what) === true || status < 400 || status === 408);
        }
        t.same(troubled, []);
        t.same(
          [...isServed].filter(([what, served]) => !served && !isUnserved.test(what)).map(([what]) => what),
          [],
        );
      });
    }

    await t.test('requests that once caused a failure are handled', async (t) => {
      await stage.restore();
      for (const { fact, status, bytes } of foundAt(stage)) {
        const sent = bytes.replace('{head}', `Host: ${fuzzer.host}\r\nConnection: close\r\n`);
        const { outcome, troubles } = await fuzzer.play(Buffer.from(sent, 'latin1'), sent, fact);
        t.same({ status: outcome.answers[0]?.status, troubles }, { status, troubles: [] }, fact);
      }
    });

    for (const [title, fuzz] of [
      ['requests with hostile parts', fuzzRequests],
      ['mutated bytes of requests', fuzzBytes],
    ] as const) {
      await t.test(`${title} get an answer or a closed connection, and no secret of others`, async (t) => {
        const run = await fuzz(fuzzer, { seed, runs, timeLimitMs });
        t.equal(run.failure, undefined, run.failure ?? `in ${run.runs} runs`);
        t.equal(run.runs, runs);
      });
    }

    await t.test('with faults, streams and waiting calls, the process lives and its journal is readable', async (t) => {
      await stage.restore();
      await stage.spoil();
      const run = await fuzzFaults(fuzzer, { seed, runs, timeLimitMs });
      t.equal(run.failure, undefined, run.failure ?? `in ${run.runs} runs`);
      t.equal(run.runs, runs);
    });

    t.same(fuzzer.logLeaks(), [], 'no secret is in the log');
    await stage.restore();
    t.strictSame(
      { golden: await goldenFlow(stage), bystander: await bystanderOf(stage) },
      before,
      'a correct client gets the same answers as before',
    );
  });
}
