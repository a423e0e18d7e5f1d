import { readFileSync } from 'node:fs';
import t from 'tap';
import { answerOf, insideAssistant, root } from './assistant.js';
import { oneConnection } from './one-connection.js';
import type { WorldInfo } from '../../src/client/index.js';

const page = readFileSync(`${root}docs/how-to/test-with-a-coding-assistant.md`, 'utf8');

/** What a step shows: a call of a tool with its answer, or a request of the application with its status. */
type Step =
  | { readonly tool: string; readonly args: string; readonly output: string | undefined }
  | { readonly path: string; readonly status: number };

const step =
  /```json call (\w+)\n(.*?)```(?:\n\n```json output\n(.*?)```)?|`curl http:\/\/localhost:3000(\/\w+)`, which answers (\d+)/gs;

const steps = [...page.matchAll(step)].map(([, tool, args = '', output, path = '', status]): Step =>
  tool === undefined ? { path, status: Number(status) } : { tool, args, output },
);

/** What is shown, as a pattern: `…` stands for any text; as a member, for any others. */
function patternOf(shown: unknown): unknown {
  if (typeof shown === 'string') {
    const parts = shown.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`);
  }
  if (Array.isArray(shown)) return shown.map(patternOf);
  if (typeof shown !== 'object' || shown === null) return shown;
  const members = Object.entries(shown).filter(([name]) => name !== '…');
  return Object.fromEntries(members.map(([name, value]) => [name, patternOf(value)]));
}

t.test('the conversation of the how-to goes as the page shows', async (t) => {
  const { client } = await insideAssistant(t);
  const application = await oneConnection(t);
  const at = (text: string): string => text.replaceAll('http://localhost:3000', application.url);
  t.ok(steps.length > 6);
  for (const each of steps) {
    if ('path' in each) {
      t.equal((await fetch(application.url + each.path)).status, each.status, each.path);
      continue;
    }
    const answer = await answerOf<object>(client, each.tool, JSON.parse(at(each.args)) as Record<string, unknown>);
    if (each.tool === 'create_world') application.configure((answer as WorldInfo).providers.mailup);
    if (each.output !== undefined) t.match(answer, patternOf(JSON.parse(at(each.output))), each.tool);
  }
});

t.test('each tool that loses state is named, as the hints name it', async (t) => {
  const { client } = await insideAssistant(t);
  const { tools } = await client.listTools();
  const [, named = ''] = /a tool that loses state \(([^)]*)\)/.exec(page) ?? [];
  t.same(
    [...named.matchAll(/`(\w+)`/g)].map(([, name]) => String(name)).toSorted(),
    tools
      .filter(({ annotations }) => annotations?.destructiveHint)
      .map(({ name }) => name)
      .toSorted(),
  );
});
