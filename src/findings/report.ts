import { Evidence, groupBy } from './evidence.js';
import { checkExpectations } from './expectations.js';
import { refusalsOf } from './refusals.js';
import { ReportText } from './report-text.js';
import { rules } from './rules/index.js';
import { isAtLeast, severities } from './severity.js';
import { summarize } from './summary.js';
import type { Instant } from '../core/model.js';
import type { Steps } from '../world/slices.js';
import type { Suppression } from '../world/scenario/schema/suppression.js';
import type { World } from '../world/world.js';
import type { CheckedExpectation } from './expectations.js';
import type { Refusals } from './refusals.js';
import type { Proof, Rule } from './rule.js';
import type { RuleId } from './rules/index.js';
import type { Severity } from './severity.js';
import type { Summary } from './summary.js';
import type { Finding, FindingCase, SuppressedFinding } from './finding.js';

/** The findings and expectations of a world. */
export interface Report {
  readonly world: string;
  /** Real time of the end of the world. Absent: it has not ended. */
  readonly endedAt?: string;
  readonly scenario: string | null;
  /** Virtual time. */
  readonly at: string;
  /** Number of entries that were judged, and number of entries that the journal had dropped. */
  readonly judged: { readonly entries: number; readonly dropped: number; readonly note?: string };
  /** Requests that were refused, also those that no finding names. Absent: none. */
  readonly refused?: Refusals;
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

/** All findings and expectations of a world, before severity and suppressions are chosen. */
export interface Judgement extends Pick<
  Report,
  'world' | 'scenario' | 'at' | 'judged' | 'refused' | 'expectations' | 'endedAt'
> {
  /** Most severe first. */
  readonly findings: readonly Finding[];
  /** Suppressions of the scenario. */
  readonly suppress: readonly Suppression[];
}

/**
 * Judges the journal of a world: when a report is requested, or when ended worlds take too much memory. Not while a
 * request is served.
 *
 * @param now the virtual time for which it is judged. Default: that of the world
 */
export function* judgeWorld(world: World, now: Instant = world.clock.now()): Steps<Judgement> {
  const { journal, scenario } = world;
  const evidence = yield* Evidence.of(world, now);
  const text = new ReportText(world);
  const refused = refusalsOf(world, text);
  const findings: Finding[] = [];
  for (const rule of rules) {
    findings.push(...(yield* findingsOf(rule, evidence, text)));
  }
  return {
    world: world.id,
    scenario: world.scenarioName ?? null,
    at: new Date(evidence.now).toISOString(),
    judged: { entries: journal.size, dropped: journal.dropped, ...partial(journal) },
    ...(refused === undefined ? {} : { refused }),
    findings: findings.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)),
    suppress: scenario.suppress ?? [],
    expectations: yield* checkExpectations(world),
  };
}

/** Selects from a judgement what a report contains. */
export function reportOn(judgement: Judgement, { severity = 'note', suppress = [] }: ReportOptions = {}): Report {
  const { findings: all, suppress: own, ...rest } = judgement;
  const suppressions = [...suppress, ...own];
  const suppressed = all.flatMap((finding) =>
    suppressions
      .filter((each) => covers(each, finding))
      .slice(0, 1)
      .map(({ reason }) => ({ ...finding, reason })),
  );
  const unsuppressed = all.filter((finding) => !suppressions.some((each) => covers(each, finding)));
  const findings = unsuppressed.filter((finding) => isAtLeast(finding.severity, severity));
  return {
    ...rest,
    summary: summarize({ unsuppressed, findings, suppressed, expectations: rest.expectations }),
    findings,
    suppressed,
    unused: suppressions.filter((each) => !all.some((finding) => covers(each, finding))),
  };
}

/** The report on a world as it is now. */
export function* judge(world: World, options: ReportOptions = {}): Steps<Report> {
  return reportOn(yield* judgeWorld(world), options);
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
function* findingsOf(rule: Rule<RuleId>, evidence: Evidence, text: ReportText): Steps<Finding[]> {
  const judged: { proof: Proof; severity: Severity; key: string }[] = [];
  for (const proof of rule.judge(evidence)) {
    const severity = proof.severity ?? rule.severity;
    judged.push({
      proof,
      severity,
      key: JSON.stringify([proof.by[0]?.provider.name, clientOf(proof, text), severity]),
    });
    yield;
  }
  return [...groupBy(judged, ({ key }) => key).values()].map((group) => toFinding(rule, group, text));
}

/** The client of a proof. */
function clientOf({ by }: Proof, text: ReportText): string | null {
  const id = by.map(({ clientId }) => clientId).find((each) => each !== undefined);
  return id === undefined ? null : text.id(id);
}

function toFinding(
  { id, verdict, clause, advice }: Rule<RuleId>,
  group: readonly { proof: Proof; severity: Severity }[],
  text: ReportText,
): Finding {
  const [{ proof, severity }] = group as [{ proof: Proof; severity: Severity }];
  const evidence = [...new Set(group.flatMap(({ proof: { by } }) => by.map((seen) => seen.id)))].slice(0, shown);
  return {
    rule: id,
    severity,
    verdict,
    clause,
    advice: proof.advice ?? advice,
    provider: String(proof.by[0]?.provider.name),
    clientId: clientOf(proof, text),
    userIds: text.userIds(evidence),
    evidence,
    requests: text.requests(evidence),
    count: group.length,
    cases: group.slice(0, shown).map(({ proof }) => toCase(proof, text)),
  };
}

function toCase({ says, by, roles = [], family }: Proof, text: ReportText): FindingCase {
  const evidence = by.map((seen) => seen.id).slice(0, shown);
  return {
    says: text.sentence(says),
    userIds: text.userIds(evidence),
    evidence,
    requests: text.requests(evidence).map((request, i) => {
      const role = roles[i] ?? roles.at(-1);
      return role === undefined ? request : { ...request, role };
    }),
    ...(family === undefined ? {} : { family }),
  };
}
