import { groups } from '../src/exam/check.js';
import { checks } from '../src/exam/checks/index.js';
import { table } from './schema-text.js';
import type { Check, Group, Need } from '../src/exam/check.js';

const generated = '<!-- Written by `npm run docs`; a test asserts that it is up to date. -->';

/** What the checks of a group look at. */
const about: Readonly<Record<Group, string>> = {
  request: 'The authorization request: what the client sends the browser away with.',
  callback: 'The redirect back: what the client believes of it.',
  'token-request': 'The exchange of the code: what the client sends to the token endpoint.',
  'token-answer': 'The answer of the token endpoint: what the client makes of unusual and broken ones.',
  life: 'The life of a connection: expiry, refresh, refusal, revocation, restart.',
  api: 'Calls of the API, and what becomes of the token.',
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

/** The reference page of the exam, from the checks. */
export function examPage(): string {
  return `${[
    generated,
    '# Checks of the exam',
    `\`understudy exam\` makes ${checks.length} checks. [How an exam grades](../explanation/exam.md) has the rule of the grade, and what an exam cannot see; [Examine your application](../tutorial/examine-your-application.md) is the way to begin.`,
    'A check that has no meaning at a provider is *not for this provider*. A check whose subject the client never did is *not seen*.',
    ...groups.flatMap((group) => groupOf(group)),
  ].join('\n\n')}\n`;
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

function checkOf({ id, title, severity, clause, stages, looksAt, advice, needs: needed = [] }: Check): string {
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
      ],
    ),
  ].join('\n\n');
}
