import { readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { launch } from './programs.js';
import { copyTree } from './tree-copy.js';
import { freePort } from './free-port.js';

t.test('npm run dev serves a changed page, scenario and source file', { timeout: 120_000 }, async (t) => {
  const folder = copyTree(t);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const [program, ...args] = String(scripts.dev).split(' ');
  t.equal(program, 'node');
  const { child, output } = launch(process.execPath, [...args, '--port', String(port)], folder);
  const closed = once(child, 'close');
  t.teardown(async () => {
    child.kill();
    await closed;
  });

  /** Repeats a request until the answer contains a text. During a restart, requests fail. */
  async function shows(path: string, text: string): Promise<void> {
    const end = performance.now() + 30_000;
    while (performance.now() < end) {
      await sleep(50);
      const body = await fetch(url + path)
        .then((answer) => answer.text())
        .catch(() => '');
      if (body.includes(text)) {
        t.pass(`${path} shows ${text}`);
        return;
      }
    }
    t.fail(`${path} does not show ${text}`, { output: output() });
  }

  function change(file: string, from: string, to: string): void {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    t.ok(text.includes(from), `${file} has ${from}`);
    writeFileSync(path, text.replace(from, to));
  }

  // A request without client_id gets a refusal page of the provider.
  const page = '/dottedsign/v1/oauth/authorize';
  await shows('/__admin/health', '"status":"ok"');
  await shows(page, '</html>');

  change('views/layout.eta', '</html>', '<!-- a page that changed --></html>');
  await shows(page, 'a page that changed');

  change('views/style.css', '', '/* a style that changed */\n');
  await shows(page, 'a style that changed');

  change('fixtures/scenarios/happy-path.yaml', 'description: |\n', 'description: |\n  A scenario that changed.\n');
  await shows('/__admin/scenarios/happy-path', 'A scenario that changed');

  change('src/admin/health.ts', "status: 'ok'", "status: 'a source that changed'");
  await shows('/__admin/health', 'a source that changed');
});
