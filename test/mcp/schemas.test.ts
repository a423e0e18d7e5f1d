import { Ajv2020 } from 'ajv/dist/2020.js';
import { Ajv } from 'ajv';
import t from 'tap';
import { publishedTool } from '../../src/mcp/published-tool.js';
import { tools } from '../../src/mcp/tools/index.js';

const published = tools.map(publishedTool);

t.test('every schema is accepted by strict validators of both drafts that clients use', async (t) => {
  const strict = { strict: true, strictTypes: false, strictRequired: false } as const;
  for (const { name, inputSchema } of published) {
    t.doesNotThrow(() => new Ajv2020(strict).compile(inputSchema), name);
    t.doesNotThrow(() => new Ajv(strict).compile(inputSchema), name);
  }
});

t.test('every argument and every tool is described', async (t) => {
  for (const { name, title, description, inputSchema } of published) {
    t.match(name, /^[a-z]+(?:_[a-z]+)*$/);
    t.ok(title && description.length > 40 && description.endsWith('.'), name);
    t.equal(inputSchema.type, 'object');
    t.equal(inputSchema.additionalProperties, false, name);
    const properties = Object.entries(inputSchema.properties as Record<string, { description?: string }>);
    t.same(
      properties
        .filter(([, each]) => each.description === undefined && !('oneOf' in each))
        .map(([argument]) => argument),
      [],
      name,
    );
  }
  t.equal(new Set(published.map(({ name }) => name)).size, published.length);
});

t.test('hints tell which tools only read, which lose something, and which visit the application', async (t) => {
  const named = (of: (hints: (typeof published)[number]['annotations']) => boolean): string[] =>
    published.filter(({ annotations }) => of(annotations)).map(({ name }) => name);
  t.same(
    named(({ destructiveHint }) => destructiveHint),
    ['reset_world', 'drop_world', 'play_scenario', 'revoke_tokens', 'remove_fault', 'run_exam'],
  );
  t.same(
    named(({ openWorldHint }) => openWorldHint),
    ['authorize', 'run_exam'],
  );
  t.same(
    named(({ readOnlyHint }) => readOnlyHint),
    published.map(({ name }) => name).filter((name) => /^(list|read|describe|explain|report|verify)_/.test(name)),
  );
});

t.test('the list of tools is small enough for a conversation', async (t) => {
  const length = JSON.stringify(published).length;
  for (const tool of published) t.comment(tool.name, JSON.stringify(tool).length);
  t.ok(length < 45_000, `${length} characters`);
});
