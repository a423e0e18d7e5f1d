import { Evidence, groupBy } from './evidence.js';
import { checkExpectations } from './expectations.js';
import { rules } from './rules/index.js';
import { isAtLeast, severities } from './severity.js';
import { summarize } from './summary.js';
import type { Suppression } from '../world/scenario/schema/suppression.js';
import type { World } from '../world/world.js';
import type { CheckedExpectation } from './expectations.js';
import type { Proof, Rule } from './rule.js';
import type { RuleId } from './rules/index.js';
import type { Severity } from './severity.js';
import type { Summary } from './summary.js';
import type { Finding, SuppressedFinding } from './finding.js';

/** The findings and expectations of a world. */
export interface Report {
  readonly world: string;
  readonly scenario: string | null;
  /** Virtual time. */
  readonly at: string;
  /** Number of entries that were judged, and number of entries that the journal had dropped. */
  readonly judged: { readonly entries: number; readonly dropped: number; readonly note?: string };
  readonly summary: Summary;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** Suppressions that matched no finding. */
  readonly unused: readonly Suppression[];
  readonly expectations: readonly CheckedExpectation[];
}

/** What a report contains. */
export interface ReportOptions {
  /** The lowest severity to report. Absent: `note`, which reports all. */
  readonly severity?: Severity | undefined;
  /** Suppressions in addition to those of the scenario. */
  readonly suppress?: readonly Suppression[];
}

/** Maximum number of entries and cases in one finding, so that a report stays readable. */
const shown = 20;

/** Judges the journal of a world. This happens when a report is requested, not while requests are served. */
export function judge(world: World, { severity = 'note', suppress = [] }: ReportOptions = {}): Report {
  const { journal, scenario } = world;
  const evidence = new Evidence(world);
  const all = rules
    .flatMap((rule) => findingsOf(rule, evidence))
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  const suppressions = [...suppress, ...(scenario.suppress ?? [])];
  const suppressed = all.flatMap((finding) =>
    suppressions
      .filter((each) => covers(each, finding))
      .slice(0, 1)
      .map(({ reason }) => ({ ...finding, reason })),
  );
  const unsuppressed = all.filter((finding) => !suppressions.some((each) => covers(each, finding)));
  const findings = unsuppressed.filter((finding) => isAtLeast(finding.severity, severity));
  const expectations = checkExpectations(world);
  return {
    world: world.id,
    scenario: world.scenarioName ?? null,
    at: new Date(evidence.now).toISOString(),
    judged: { entries: journal.size, dropped: journal.dropped, ...partial(journal) },
    summary: summarize({ unsuppressed, findings, suppressed, expectations }),
    findings,
    suppressed,
    unused: suppressions.filter((each) => !all.some((finding) => covers(each, finding))),
    expectations,
  };
}

function partial({ size, dropped, limit }: World['journal']): { note?: string } {
  if (dropped === 0) return {};
  return {
    note:
      `The journal is limited to ${limit} entries and has dropped ${dropped}: this report covers only the last ` +
      `${size} requests. To keep more, set journal: { limit: … } in the scenario.`,
  };
}

const covers = ({ rule, provider = '', clientId = '' }: Suppression, finding: Finding): boolean =>
  rule === finding.rule &&
  (provider === '' || provider === finding.provider) &&
  (clientId === '' || clientId === finding.clientId);

/** The findings of one rule: one for each client, provider and severity. */
function findingsOf(rule: Rule<RuleId>, evidence: Evidence): Finding[] {
  const judged = rule.judge(evidence).map((proof) => ({ proof, severity: proof.severity ?? rule.severity }));
  const groups = groupBy(judged, ({ proof, severity }) =>
    JSON.stringify([proof.by[0]?.provider.name, clientOf(proof), severity]),
  );
  return [...groups.values()].map((group) => toFinding(rule, group));
}

/** The client of a proof. A request can contain a client id of any length. */
const clientOf = ({ by }: Proof): string | null =>
  by.map(({ clientId }) => clientId?.slice(0, 200)).find((id) => id !== undefined) ?? null;

function toFinding(
  { id, verdict, clause, advice }: Rule<RuleId>,
  group: readonly { proof: Proof; severity: Severity }[],
): Finding {
  const [{ proof, severity }] = group as [{ proof: Proof; severity: Severity }];
  return {
    rule: id,
    severity,
    verdict,
    clause,
    advice,
    provider: String(proof.by[0]?.provider.name),
    clientId: clientOf(proof),
    evidence: [...new Set(group.flatMap(({ proof: { by } }) => by.map((seen) => seen.id)))].slice(0, shown),
    count: group.length,
    cases: group.slice(0, shown).map(({ proof: { says, by, family } }) => ({
      says,
      evidence: by.map((seen) => seen.id).slice(0, shown),
      ...(family === undefined ? {} : { family }),
    })),
  };
}
