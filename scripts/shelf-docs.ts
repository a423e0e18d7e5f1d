import { readFileSync } from 'node:fs';
import { stringify, parse } from 'yaml';
import { reasons } from '../src/core/errors.js';
import { Shelf } from '../src/providers/files/shelf.js';
import { shelfFiles } from '../src/shelf.js';
import {
  callTable,
  code,
  codes,
  confidenceWords,
  endpointTable,
  errorTable,
  factTable,
  generated,
  policyDifferences,
  table,
} from './provider-docs.js';
import type { Provider } from '../src/providers/provider.js';
import type { ProviderDocument } from '../src/providers/files/schema/document.js';

interface OnShelf {
  readonly provider: Provider;
  readonly document: ProviderDocument;
}

const shelf = new Shelf();
const all: readonly OnShelf[] = [...shelfFiles()].map(([name, file]) => ({
  provider: shelf.find(name) as Provider,
  document: parse(readFileSync(file, 'utf8')) as ProviderDocument,
}));

/** The pages of the providers of the shelf, by their names below docs/providers/. */
export const shelfPages = (): ReadonlyMap<string, string> =>
  new Map(all.map((each) => [`${each.provider.name}.md`, page(each)]));

function page({ provider, document }: OnShelf): string {
  const { name, title, facts } = provider;
  return `${[
    generated,
    `# ${title}`,
    `This is not ${title}: it is a file that imitates what the sources below say, for tests of clients. No ` +
      `request reaches ${title}, and nobody there has seen it. Nothing here was measured at the live service.`,
    '## Start',
    `\`understudy --shelf ${name}\` serves it at \`http://127.0.0.1:8080/${name}\`, and at its real hosts for ` +
      `a client that comes by [the proxy or \`understudy run\`](../how-to/unmodified-clients.md). Its client, ` +
      `its users and its redirect URI are [those of every provider](../../README.md#providers). To change it, ` +
      `write [a provider file](../reference/provider-files.md) with \`like: ${name}\`; this one is ` +
      `\`providers/${name}.yaml\`.`,
    '## Endpoints',
    endpointTable(provider),
    ...section('Variables', variables(document)),
    '## Policy',
    'The fields that differ from the strict reading of the RFCs.',
    policyDifferences(provider),
    ...section('Parameters', parameters(document)),
    ...section('Answers', yaml(document.answers)),
    '## API calls',
    `Below ${provider.endpoints.api.map((base) => code(base || '/')).join(' and ')}.`,
    callTable(provider),
    '## Facts',
    confidenceWords,
    factTable(facts),
    ...errors({ provider, document }),
  ].join('\n\n')}\n`;
}

const section = (title: string, text: string | undefined): string[] =>
  text === undefined ? [] : [`## ${title}`, text];

/** A part of the document as it stands there. Not marked as YAML: it is no whole file. */
const yaml = (part: unknown): string | undefined =>
  part === undefined ? undefined : `\`\`\`text\n${stringify(part, { lineWidth: 120 })}\`\`\``;

function variables({ variables: own = {} }: ProviderDocument): string | undefined {
  const rows = Object.entries(own).map(([name, { example, description = '' }]) => [
    code(`{${name}}`),
    code(example),
    description,
  ]);
  return rows.length === 0 ? undefined : table(['variable', 'in URLs that are shown', 'stands for'], rows);
}

function parameters({ parameters: own = {} }: ProviderDocument): string | undefined {
  const { names = {}, authorize = {}, token = {}, refresh = {} } = own;
  const renamed = Object.entries(names).map(([name, its]) => ['all', code(its), `its name for ${code(name)}`]);
  const rows = Object.entries({ authorize, token, refresh }).flatMap(([step, extras]) =>
    Object.entries(extras).map(([name, { required = false, values = [], default: usual }]) => [
      step,
      code(name),
      [
        required ? 'required' : 'optional',
        ...(values.length === 0 ? [] : [`one of ${codes(values)}`]),
        ...(usual === undefined ? [] : [`default: ${code(usual)}`]),
      ].join('; '),
    ]),
  );
  return [...renamed, ...rows].length === 0 ? undefined : table(['request', 'parameter', ''], [...renamed, ...rows]);
}

/** The rows of the error table that the file has, and the answers that it makes of all of them. */
function errors({ provider, document }: OnShelf): string[] {
  const { reasons: own = {}, ...answers } = document.errors ?? {};
  const known = Object.keys(reasons).filter((reason) => Object.hasOwn(own, reason));
  const text = Object.keys(answers).length === 0 ? undefined : yaml(answers);
  if (known.length === 0 && text === undefined) return [];
  return [
    '## Errors',
    ...(known.length === 0 ? [] : [errorTable(provider, known as (keyof typeof reasons)[])]),
    ...(text === undefined ? [] : [text]),
  ];
}

const [begin, end] = ['<!-- shelf: written by `npm run docs` -->', '<!-- /shelf -->'];

/** A page with the list of the shelf between its two marks. `folder`: the way to docs/providers/. */
export function withShelf(text: string, folder: string): string {
  const list = all.map(({ provider: { name, title } }) => `[${title}](${folder}${name}.md)`).join(' · ');
  const at = text.indexOf(begin) + begin.length;
  return `${text.slice(0, at)}\n${list}\n${text.slice(text.indexOf(end))}`;
}

/** The pages with such a list, and the way from each to docs/providers/. */
export const listingPages: ReadonlyMap<string, string> = new Map([
  ['README.md', 'docs/providers/'],
  ['docs/README.md', 'providers/'],
]);
