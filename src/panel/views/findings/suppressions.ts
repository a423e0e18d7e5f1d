import { literal } from '../../writing/literal.js';
import { shellWord } from '../../writing/shell-word.js';
import { toYaml } from '../../writing/yaml.js';

/** A rule whose findings are suppressed in this view, with the reason. */
export interface Suppression {
  readonly rule: string;
  readonly reason: string;
}

/** Reads suppressions from a filter of the URL: one on each line, as `rule: reason`. */
export function readSuppressions(text: string | undefined): Suppression[] {
  return (text ?? '').split('\n').flatMap((line) => {
    const colon = line.indexOf(':');
    const [rule, reason] = colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1)];
    return rule.trim() === '' ? [] : [{ rule: rule.trim(), reason: reason.trim() }];
  });
}

/** Writes one suppression as the API and the command line read it. */
export const suppressionLine = ({ rule, reason }: Suppression): string => `${rule}: ${reason}`;

/** Writes suppressions as a filter of the URL. */
export const writeSuppressions = (suppressions: readonly Suppression[]): string =>
  suppressions.map(suppressionLine).join('\n');

/** Suppresses a rule. It replaces an earlier reason of the same rule. A reason is one line. */
export function addSuppression(suppressions: readonly Suppression[], { rule, reason }: Suppression): Suppression[] {
  return [...removeSuppression(suppressions, rule), { rule, reason: reason.replace(/\s+/g, ' ').trim() }];
}

/** Removes the suppression of a rule. */
export const removeSuppression = (suppressions: readonly Suppression[], rule: string): Suppression[] =>
  suppressions.filter((each) => each.rule !== rule);

/** The lines for a scenario file. */
export const asScenario = (suppressions: readonly Suppression[]): string => toYaml({ suppress: suppressions });

/** The command that reports with these suppressions. */
export const asCommand = (suppressions: readonly Suppression[]): string =>
  ['npx understudy report', ...suppressions.map((each) => `--suppress ${shellWord(suppressionLine(each))}`)].join(
    ' \\\n  ',
  );

/** The call that reports with these suppressions in a test. */
export function asCall(suppressions: readonly Suppression[]): string {
  const suppress = Object.fromEntries(suppressions.map(({ rule, reason }) => [rule, reason]));
  return `await world.findings(${literal({ suppress })});`;
}
