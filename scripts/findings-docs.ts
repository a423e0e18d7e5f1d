import { rules } from '../src/findings/rules/index.js';
import { severities } from '../src/findings/severity.js';
import { table } from './schema-text.js';

const generated = '<!-- Written by `npm run docs`; a test asserts that it is up to date. -->';

/** The reference page of the findings, from the rules. */
export function findingsPage(): string {
  return `${[
    generated,
    '# Findings',
    `Understudy checks the journal of a client with ${rules.length} rules, on request: \`GET ` +
      `/__admin/findings\`, \`world.findings()\` or \`understudy report\`. [What a finding ` +
      `is](../explanation/what-a-finding-is.md) explains what counts as proof; [Fail CI on ` +
      `findings](../how-to/fail-ci-on-findings.md) shows how to use it.`,
    `The tables give the highest severity of each rule. The severity is lower if the provider accepts what the ` +
      `RFCs forbid, and \`${String(severities.at(-1))}\` if its own documents ask for it.`,
    table(
      ['rule', 'highest severity', 'what the client did'],
      rules.map(({ id, severity, verdict }) => [`[${id}](#${id})`, severity, verdict]),
    ),
    ...rules.map(({ id, severity, verdict, clause, advice, spares }) =>
      [
        `## ${id}`,
        `**${verdict}**`,
        table(
          ['', ''],
          [
            ['highest severity', severity],
            ['standard', clause],
            ['what to do instead', advice],
            ['exceptions', spares],
          ],
        ),
      ].join('\n\n'),
    ),
  ].join('\n\n')}\n`;
}
