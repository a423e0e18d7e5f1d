import { rules } from '../src/findings/rules/index.js';
import { severities } from '../src/findings/severity.js';
import { table } from './schema-text.js';

const generated = '<!-- Written by `npm run docs`; a test asserts that it is up to date. -->';

/** The reference page of the findings, from the rules. */
export function findingsPage(): string {
  return `${[
    generated,
    '# Findings',
    `Understudy judges the client from its journal with ${rules.length} rules, when it is asked: \`GET /__admin/findings\`, \`world.findings()\` or \`understudy report\`. [What a finding is](../explanation/what-a-finding-is.md) says what is proof and what is not; [Fail CI on findings](../how-to/fail-ci-on-findings.md) shows it at work.`,
    `The severity is that of the worst case. What a provider takes although the RFCs forbid it weighs less, and what its own documents ask for is a ${String(severities.at(-1))}.`,
    table(
      ['rule', 'at worst', 'what the client did'],
      rules.map(({ id, severity, verdict }) => [`[${id}](#${id})`, severity, verdict]),
    ),
    ...rules.map(({ id, severity, verdict, clause, advice, spares }) =>
      [
        `## ${id}`,
        `**${verdict}**`,
        table(
          ['', ''],
          [
            ['at worst', severity],
            ['clause', clause],
            ['instead', advice],
            ['when it spares the client', spares],
          ],
        ),
      ].join('\n\n'),
    ),
  ].join('\n\n')}\n`;
}
