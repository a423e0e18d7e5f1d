import { literal } from '../../parts/literal.js';
import { shellWord } from '../../parts/shell-word.js';
import { toYaml } from '../../parts/yaml.js';

/** A rule whose findings are accepted in this view, with the reason. */
export interface AcceptedRule {
  readonly rule: string;
  readonly reason: string;
}

/** Reads suppressions from a filter of the URL: one on each line, as `rule: reason`. */
export function readAccepted(text: string | undefined): AcceptedRule[] {
  return (text ?? '').split('\n').flatMap((line) => {
    const colon = line.indexOf(':');
    const [rule, reason] = colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1)];
    return rule.trim() === '' ? [] : [{ rule: rule.trim(), reason: reason.trim() }];
  });
}

/** Writes one suppression as the API and the command line read it. */
export const acceptedLine = ({ rule, reason }: AcceptedRule): string => `${rule}: ${reason}`;

/** Writes suppressions as a filter of the URL. */
export const writeAccepted = (accepted: readonly AcceptedRule[]): string => accepted.map(acceptedLine).join('\n');

/** Accepts a rule. It replaces an earlier reason of the same rule. A reason is one line. */
export function accept(accepted: readonly AcceptedRule[], { rule, reason }: AcceptedRule): AcceptedRule[] {
  return [...withdraw(accepted, rule), { rule, reason: reason.replace(/\s+/g, ' ').trim() }];
}

/** Does not accept a rule any more. */
export const withdraw = (accepted: readonly AcceptedRule[], rule: string): AcceptedRule[] =>
  accepted.filter((each) => each.rule !== rule);

/** The lines for a scenario file. */
export const asScenario = (accepted: readonly AcceptedRule[]): string => toYaml({ suppress: accepted });

/** The command that reports with these suppressions. */
export const asCommand = (accepted: readonly AcceptedRule[]): string =>
  ['npx understudy report', ...accepted.map((each) => `--suppress ${shellWord(acceptedLine(each))}`)].join(' \\\n  ');

/** The call that reports with these suppressions in a test. */
export function asCall(accepted: readonly AcceptedRule[]): string {
  const suppress = Object.fromEntries(accepted.map(({ rule, reason }) => [rule, reason]));
  return `await world.findings(${literal({ suppress })});`;
}
