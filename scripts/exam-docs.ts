import { conventionsOf } from '../src/admin/snippets/client-setup.js';
import { groups } from '../src/exam/check.js';
import { checks } from '../src/exam/checks/index.js';
import { ExaminedProvider } from '../src/exam/examined-provider.js';
import { providers } from '../src/providers/index.js';
import { policyToDocument } from '../src/providers/policy/document.js';
import { ExamFileSchema } from '../src/commands/exam-file-schema.js';
import { code, table, valueText } from './schema-text.js';
import type { ProviderAnswer } from '../src/admin/schemas/providers.js';
import type { Check, Group, Need } from '../src/exam/check.js';
import type { Schema } from './json-schema.js';

const generated = '<!-- Written by `npm run docs`; a test asserts that it is up to date. -->';

/** What the checks of a group look at. */
const about: Readonly<Record<Group, string>> = {
  request: 'The authorization request: the parameters that the client sends.',
  callback: 'The redirect back: which callbacks the client accepts.',
  'token-request': 'The exchange of the code: what the client sends to the token endpoint.',
  'token-answer': 'The answer of the token endpoint: how the client handles unusual and broken ones.',
  life: 'Expiry and refresh of tokens, refusal, revocation, restart.',
  api: 'Calls of the API: how the client handles its errors, and where it sends the token.',
  people: 'Several people, several browsers, several connections.',
  end: 'The end of a connection.',
};

/** What a check needs, in words. */
const needs: Readonly<Record<Need, string>> = {
  pages: 'an application with pages',
  disconnect: 'a way to disconnect',
  restart: 'a client that the exam starts',
  'own-credentials': 'a client that takes its id and secret from the exam',
};

/** The providers with their own policies, as an exam in a new world finds them. */
const examined = providers.map((provider) => ({
  title: provider.title,
  facts: new ExaminedProvider({
    ...provider,
    baseUrl: provider.origin,
    policy: policyToDocument(provider.policy),
    conventions: conventionsOf(provider, provider.policy),
    paths: provider.endpoints,
  } as unknown as ProviderAnswer),
}));

/** The providers at which a check does not apply, each with the reason. */
function excluded({ notFor }: Check): string[] {
  return examined.flatMap(({ title, facts }) => {
    const reason = notFor?.(facts);
    return reason === undefined ? [] : [`${title}: ${reason}`];
  });
}

/** The reference page of the exam, from the checks. */
export function examPage(): string {
  return `${[
    generated,
    '# Checks of the exam',
    `\`understudy exam\` makes ${checks.length} checks. [How an exam grades](../explanation/exam.md) has the ` +
      `rule of the grade, and what an exam cannot see; [Examine your ` +
      `application](../tutorial/examine-your-application.md) is the way to begin.`,
    'A check that does not apply at a provider is *not for this provider*. A check is *not seen* if the client ' +
      'never did what it looks at.',
    ...groups.flatMap((group) => groupOf(group)),
    ...fileSection(),
  ].join('\n\n')}\n`;
}

/** The members of an exam file, which the command and its schema read. */
function fileSection(): string[] {
  const { properties } = JSON.parse(JSON.stringify(ExamFileSchema)) as { readonly properties: Record<string, Schema> };
  const places = new Map<string, string>();
  return [
    '## The exam file',
    '`understudy exam FILE` reads its options from a file in YAML or JSON. The command line wins over it. A ' +
      'member that does not exist, or a value that cannot be, is an error that names its line.',
    table(
      ['member', 'value', 'meaning'],
      Object.entries(properties).map(([name, schema]) => [
        code(name),
        valueText(schema, places),
        schema.description ?? '',
      ]),
    ),
  ];
}

function groupOf(group: Group): string[] {
  const own = checks.filter((check) => check.group === group);
  return [
    `## ${group}`,
    about[group],
    table(
      ['check', 'severity', 'a good client'],
      own.map(({ id, severity, title }) => [`[${id}](#${id})`, severity, title]),
    ),
    ...own.map(checkOf),
  ];
}

function checkOf(check: Check): string {
  const { id, title, severity, clause, stages, looksAt, advice, needs: needed = [] } = check;
  const without = excluded(check);
  return [
    `### ${id}`,
    `**${title}.**`,
    table(
      ['', ''],
      [
        ['severity', severity],
        ['standard', clause],
        ['what the exam does', stages],
        ['what it looks at', looksAt],
        ['what to do', advice],
        ...(needed.length === 0 ? [] : [['needs', needed.map((need) => needs[need]).join('; ')]]),
        ...(without.length === 0 ? [] : [['not for', without.join('; ')]]),
      ],
    ),
  ].join('\n\n');
}
