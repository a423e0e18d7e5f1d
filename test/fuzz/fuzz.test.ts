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
import { Fuzzer, fuzzBytes, fuzzRequests } from './fuzzer.js';
import { bystanderOf, goldenFlow } from './golden.js';
import { Stage } from './stage.js';

/** The same inputs in every run; `npm run fuzz` tries others, for longer. */
const seed = 20_261_125;
const patienceMs = 3000;
const runs = 400;

const calls = new Set(routes.map(({ method, path }) => `${method} ${path}`));
/** Paths of the corpus at which nothing is served, by intent. */
const isNothing = /\/nothing$|^\/w\/none|^\/$|^\/__admin$/;

// the built program, and not its source: it is what users run, and what bundling breaks shows in it alone
if (!existsSync(join(packageFolder, 'dist/main.js'))) {
  await once(spawn('npm', ['run', 'build', '--silent'], { cwd: packageFolder }), 'close');
}

for (const guarded of [true, false]) {
  t.test(guarded ? 'a server whose admin API asks for a token' : 'a server whose admin API is open', async (t) => {
    const fuzzer = new Fuzzer(await Stage.open(guarded));
    const { stage } = fuzzer;
    t.teardown(() => stage.close());
    const before = { golden: await goldenFlow(stage), bystander: await bystanderOf(stage) };

    // the calls are the same, and each that changes something costs a new world
    if (guarded) {
      await t.test('a good request for every endpoint and every call is served', async (t) => {
        const isServed = new Map<string, boolean>();
        const troubled: string[] = [];
        for (const draft of corpusOf(stage)) {
          const { outcome, troubles } = await fuzzer.play(write(draft, fuzzer.host), allText(draft), draft.about);
          troubled.push(...troubles.map((trouble) => `${draft.about}: ${trouble}`));
          const what = calls.has(draft.about) ? draft.about : draft.path;
          // 408 is the answer to who waits for nothing; a stream is left before it has an answer
          const status = outcome.answers[0]?.status ?? 200;
          isServed.set(what, isServed.get(what) === true || status < 400 || status === 408);
        }
        t.same(troubled, []);
        t.same(
          [...isServed].filter(([what, served]) => !served && !isNothing.test(what)).map(([what]) => what),
          [],
        );
      });
    }

    await t.test('what was found once stays mended', async (t) => {
      await stage.restore();
      for (const { fact, status, bytes } of foundAt(stage)) {
        const sent = bytes.replace('{head}', `Host: ${fuzzer.host}\r\nConnection: close\r\n`);
        const { outcome, troubles } = await fuzzer.play(Buffer.from(sent, 'latin1'), sent, fact);
        t.same({ status: outcome.answers[0]?.status, troubles }, { status, troubles: [] }, fact);
      }
    });

    for (const [title, fuzz] of [
      ['requests of which a part is hostile', fuzzRequests],
      ['bytes that are nearly requests', fuzzBytes],
    ] as const) {
      await t.test(`${title} get an answer or an end, and nothing that is not theirs`, async (t) => {
        const run = await fuzz(fuzzer, { seed, runs, patienceMs });
        t.equal(run.failure, undefined, run.failure ?? `in ${run.runs} runs`);
        t.ok(run.runs > 50, 'and that was tried');
      });
    }

    t.same(fuzzer.logLeaks(), [], 'no secret is in the log');
    await stage.restore();
    t.strictSame(
      { golden: await goldenFlow(stage), bystander: await bystanderOf(stage) },
      before,
      'a client that does everything right sees what it saw before',
    );
  });
}
