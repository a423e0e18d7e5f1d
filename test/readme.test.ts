import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { documentedPort } from './documented-port.js';
import { run } from '../src/commands/index.js';
import { start } from '../src/client/index.js';
import { urlsOf } from '../src/http/urls.js';
import { providers } from '../src/providers/index.js';
import { textShows } from './shown-text.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');
const { scripts } = createRequire(import.meta.url)('../package.json') as { scripts: Record<string, string> };
const documentedServer = `127.0.0.1:${documentedPort}`;

/** The commands that install and start. All other examples are run by docs.test.ts. */
const commands = [...readme.matchAll(/^```sh\n(npm .*)\n```$/gm)].map(([, command]) => command);
const [, shown = ''] = /^```text output\n([\s\S]*?)\n```$/m.exec(readme) ?? [];

void t.test(
  'two commands of a clone start the server and run the tests, and the server prints what the README shows',
  async (t) => {
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
    t.strictSame(commands, ['npm ci && npm start', 'npm ci && npm test']);
    t.ok(existsSync(`${root}package-lock.json`));
    t.ok(scripts.start !== undefined && scripts.test !== undefined);
    t.ok(shown.split('\n').length > 5);
    t.ok(textShows(shown, lines.join('\n').replaceAll(host, documentedServer)), shown, { lines });

    stop('SIGTERM');
    await exit;
  },
);

void t.test('the README names every provider, where it is served and whom it knows', async (t) => {
  for (const provider of providers) {
    const { baseUrl } = urlsOf(provider, `http://${documentedServer}`, 'default');
    const { authorize, token, api } = provider.endpoints;
    const row = readme.split('\n').find((line) => line.startsWith(`| ${provider.title} |`));
    for (const cell of [
      // a provider without a host imitates no server
      ...(provider.hosts.length === 0 ? [] : [provider.origin]),
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

void t.test('the calls of the API that the README names answer with a token', async (t) => {
  const named = /^Calls to begin with[^]*?\n\n/m.exec(readme)?.[0] ?? '';
  const server = await start();
  t.teardown(() => server.close());
  const urls = (await server.world().info()).providers;
  for (const provider of providers) {
    const { title, name, endpoints } = provider;
    const [, path = ''] = new RegExp(`\`(/[^\`]+)\` at ${title}`).exec(named) ?? [];
    const { accessToken } = await server
      .world()
      .tokens.mint({ provider: name, clientId: 'understudy-client', userId: 'ada@example.test' });
    const { baseUrl } = urls[name];
    const answer = await fetch(`${baseUrl}${endpoints.api[0]}${path}`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    t.equal(answer.status, 200, `${title} ${path}`);
  }
});
