import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { documentedPort, occupyDocumentedPort } from './documented-port.js';
import { run } from '../src/commands/index.js';
import { urlsOf } from '../src/http/urls.js';
import { providers } from '../src/providers/index.js';
import type { Test } from 'tap';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');
const { scripts } = createRequire(import.meta.url)('../package.json') as { scripts: Record<string, string> };
const documentedServer = `127.0.0.1:${documentedPort}`;

interface Example {
  /** The commands of one block. */
  readonly commands: string;
  readonly shown: string;
}

/** The blocks `sh` of a page in reading order, each with the block `text output` that follows it. */
function examplesOf(markdown: string): Example[] {
  const blocks = [...markdown.matchAll(/^```(\S[^\n]*)\n(.*?)^```$/gms)].map(([, info = '', text = '']) => ({
    info,
    text: text.trim(),
  }));
  return blocks.flatMap(({ info, text }, i) => {
    const next = blocks[i + 1];
    return info === 'sh' ? [{ commands: text, shown: next?.info === 'text output' ? next.text : '' }] : [];
  });
}

/** What differs from one run to the next: tokens, codes, ids and times. */
function mask(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{32}\b/g, '<token>')
    .replaceAll(/\b(code|authorization)=[\w-]+/g, '$1=<random>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/\b36\d\d(\.\d+)? s\b/g, '3600 s');
}

/** Runs the blocks in one shell, in their order. */
async function inOneShell(blocks: readonly string[], folder: string): Promise<string[]> {
  const end = '-- end of the block --';
  const shell = spawn('bash', ['-s'], {
    cwd: folder,
    env: { ...process.env, TMPDIR: folder, XDG_DATA_HOME: folder, NODE_OPTIONS: '', NODE_V8_COVERAGE: undefined },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  shell.stdin.end(blocks.map((block) => `${block}\nprintf '\\n%s\\n' '${end}'\n`).join(''));
  let output = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  await once(shell, 'close');
  return output
    .split(end)
    .slice(0, -1)
    .map((each) => each.trim());
}

void t.test('every example in the README runs, and prints what is shown', async (t) => {
  await occupyDocumentedPort(t);
  const lines: string[] = [];
  let stop: (signal: string) => void = () => undefined;
  const stopped = new Promise<string>((resolve) => {
    stop = resolve;
  });
  let exit: Promise<number> = Promise.resolve(0);
  const ready = await new Promise<string>((resolve) => {
    const out = (line: string): void => {
      if (line.startsWith('{')) resolve(line);
      else lines.push(line);
    };
    exit = run(['--port', '0'], {
      env: {},
      isTerminal: false,
      isInteractive: false,
      onSignal: () => () => {},
      stopped,
      out,
      err: resolve,
    });
  });
  const { host } = new URL((JSON.parse(ready) as { url: string }).url);
  const examples = examplesOf(readme);

  const [installed, typed] = [
    examples.filter(({ commands }) => commands.startsWith('npm ')),
    examples.filter(({ commands }) => !commands.startsWith('npm ')),
  ];
  t.strictSame(
    installed.map(({ commands }) => commands),
    ['npm ci && npm start', 'npm ci && npm test'],
  );
  t.ok(existsSync(`${root}package-lock.json`));
  t.ok(scripts.start !== undefined && scripts.test !== undefined);
  t.equal(installed[0]!.shown, lines.join('\n').replaceAll(host, documentedServer), 'npm start prints what is shown');

  const outputs = await inOneShell(
    typed.map(({ commands }) => commands.replaceAll(documentedServer, host)),
    t.testdir(),
  );
  t.ok(typed.length >= 10);
  t.equal(outputs.length, typed.length);
  for (const [i, { commands, shown }] of typed.entries()) {
    t.equal(mask(outputs[i]!.replaceAll(host, documentedServer)), mask(shown), commands);
  }

  await leavesTheDefaultWorld(t, host);
  stop('SIGTERM');
  await exit;
});

/** After the examples, the default world must be as it was: real time, the default policy, an empty journal, pages for people. */
async function leavesTheDefaultWorld(t: Test, host: string): Promise<void> {
  const get = async (path: string): Promise<unknown> => (await fetch(`http://${host}${path}`)).json();
  const clock = (await get('/__admin/clock')) as { now: string; frozen: boolean };
  t.ok(Math.abs(Date.parse(clock.now) - Date.now()) < 60_000, 'the clock is real');
  t.match(await get('/__admin/providers/mailup'), { policy: { interaction: { mode: 'manual' } } });
  t.match(await get('/__admin/journal'), { total: 0 });
  t.match(await get('/__admin/faults'), { total: 0 });
}

void t.test('the README names every provider, where it is served and whom it knows', async (t) => {
  for (const provider of providers) {
    const { baseUrl } = urlsOf(provider, `http://${documentedServer}`, 'default');
    const { authorize, token, api } = provider.endpoints;
    const row = readme.split('\n').find((line) => line.startsWith(`| ${provider.title} |`));
    for (const cell of [
      provider.origin,
      baseUrl,
      authorize[0],
      token[0],
      api[0],
      `docs/providers/${provider.name}.md`,
    ]) {
      t.match(row, cell);
    }
  }
});
