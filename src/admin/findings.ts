import { Type } from 'typebox';
import { formatNames } from '../findings/formats/names.js';
import { severities } from '../findings/severity.js';
import { suggest } from '../input/did-you-mean.js';
import { words } from '../input/words.js';
import { findingIds } from '../findings/finding-ids.js';
import { AnyObject, Paging, defineRoute, invalid, listOf, page, RawAnswer } from './route.js';
import type { Suppression } from '../world/scenario/schema/suppression.js';
import type { Mistake } from '../input/mistake.js';

const tag = 'findings';

const suppression = Type.String({ minLength: 1, maxLength: 2000 });
const ReportQuery = Type.Object(
  {
    format: Type.Optional(words(...formatNames)),
    severity: Type.Optional(
      Type.Unsafe<(typeof severities)[number]>({
        ...words(...severities),
        description: 'the least grave findings that are told; left out: note, which is all',
      }),
    ),
    failOn: Type.Optional(
      Type.Unsafe<(typeof severities)[number] | 'never'>({
        ...words(...severities, 'never'),
        description: 'from which severity on a JUnit test case fails; left out: error',
      }),
    ),
    suppress: Type.Optional(
      Type.Union([suppression, Type.Array(suppression, { maxItems: 100 })], {
        description:
          'rule: reason. Findings of the rule are told apart from the others, with the reason; may be given several times',
      }),
    ),
  },
  { additionalProperties: false },
);

const ReportView = Type.Object(
  {
    world: Type.String(),
    at: Type.String(),
    judged: Type.Object({
      entries: Type.Integer(),
      dropped: Type.Integer(),
      note: Type.Optional(
        Type.String({ description: 'The journal has forgotten entries, and a part of the run was judged' }),
      ),
    }),
    summary: AnyObject,
    findings: Type.Array(
      Type.Object({
        rule: Type.String(),
        severity: Type.String(),
        verdict: Type.String(),
        clause: Type.String(),
        advice: Type.String(),
        provider: Type.String(),
        clientId: Type.Union([Type.String(), Type.Null()]),
        evidence: Type.Array(Type.Integer(), { description: 'Ids of journal entries' }),
        count: Type.Integer(),
        cases: Type.Array(AnyObject),
      }),
    ),
    suppressed: Type.Array(AnyObject),
    unused: Type.Array(AnyObject),
    expectations: Type.Array(AnyObject),
  },
  { additionalProperties: true },
);

/** Reads `rule: reason`, all mistakes at once. */
async function readSuppressions(given: string | readonly string[] = []): Promise<Suppression[]> {
  const known = await findingIds();
  const mistakes: Mistake[] = [];
  const suppressions = (typeof given === 'string' ? [given] : given).flatMap((text) => {
    const [, rule = '', reason = ''] = /^\s*([^:\s]+)\s*:\s*(\S.*)$/s.exec(text) ?? [];
    if (known.includes(rule)) return [{ rule, reason: reason.trim() }];
    mistakes.push({
      path: 'suppress',
      message:
        rule === ''
          ? `expected "rule: reason", got ${JSON.stringify(text)}`
          : `there is no rule ${JSON.stringify(rule)}${suggest(rule, known)}`,
    });
    return [];
  });
  if (mistakes.length > 0) throw invalid(mistakes);
  return suppressions;
}

const FamilyQuery = Type.Object(
  {
    provider: Type.Optional(Type.String({ maxLength: 200 })),
    clientId: Type.Optional(Type.String({ maxLength: 200 })),
    userId: Type.Optional(Type.String({ maxLength: 200 })),
    id: Type.Optional(Type.String({ maxLength: 200, description: 'a family, as a finding names it' })),
    ...Paging,
  },
  { additionalProperties: false },
);

/** The judge, who is loaded when somebody asks: nothing is judged while requests are served. */
export const findingsRoutes = [
  defineRoute({
    method: 'GET',
    path: '/findings',
    tag,
    summary: 'What the clients of this world did wrong, with proof; and which expectations were met',
    query: ReportQuery,
    answers: { 200: ReportView },
    async handle({ world, query: { format = 'json', severity, failOn = 'error', suppress } }) {
      const [{ judge }, { formats }] = await Promise.all([
        import('../findings/report.js'),
        import('../findings/formats/index.js'),
      ]);
      const report = judge(world, { severity, suppress: await readSuppressions(suppress) });
      const { mediaType, write } = formats[format];
      return new RawAnswer(mediaType, write(report, failOn));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/lineage',
    tag,
    summary: 'Token families: which grant bought which tokens, what replaced what, and who used them when',
    query: FamilyQuery,
    answers: { 200: listOf('families', AnyObject) },
    async handle({ world, worlds, query: { limit, offset, ...wanted } }) {
      const [{ lineage }, { suggest }] = await Promise.all([
        import('../findings/lineage.js'),
        import('../input/did-you-mean.js'),
      ]);
      const known = worlds.providers.map(({ name }) => name);
      if (wanted.provider !== undefined && !known.includes(wanted.provider)) {
        throw invalid([
          {
            path: 'provider',
            message: `there is no provider ${JSON.stringify(wanted.provider)}${suggest(wanted.provider, known)}`,
          },
        ]);
      }
      const all = lineage(world).filter((family) =>
        (Object.entries(wanted) as [keyof typeof wanted, string][]).every(([name, value]) => family[name] === value),
      );
      const { items, total } = page(all, { limit, offset });
      return { families: items, total };
    },
  }),
];
