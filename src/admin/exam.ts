import { Type } from 'typebox';
import { suggestProvider } from '../shelf.js';
import { AdminError, invalid, notFound } from './admin-error.js';
import { RawAnswer, defineRoute } from './route.js';
import { ExamBody, ExamQuery, ExamReportQuery, ExamView } from './schemas/exam.js';
import { ExamCheckView } from './schemas/exam-result.js';
import type { Mistake } from '../input/mistake.js';
import type { World } from '../world/world.js';
import type { Examiner, ExamPlace } from './examiner.js';
import type { JsonSource } from './json-source.js';
import type { AdminContext } from './route.js';
import type { ExamOrder, ExamReportOptions, ExamState } from './schemas/exam.js';

const tag = 'exam';

type Context = AdminContext<unknown, unknown>;

function requireExaminer({ examiner }: Context): Examiner {
  if (examiner !== undefined) return examiner;
  throw new AdminError(
    501,
    'No exams here',
    'This server was opened without the part that makes exams. Start it with `understudy serve`, or with start() of ' +
      'the package.',
  );
}

function providerMistakes({ provider }: ExamOrder, { providers }: World): Mistake[] {
  const known = providers.map(({ name }) => name);
  if (known.includes(provider)) return [];
  const message = `there is no provider ${JSON.stringify(provider)}${suggestProvider(provider, known)}`;
  return [{ path: 'provider', message }];
}

/** The world of the call as the exam reaches it, by the address on which this server listens. */
function placeOf({ world, access, listensAt, serverUrl, internalUrl }: Context): ExamPlace {
  const [url, ...more] = listensAt();
  return {
    url,
    worldId: world.id,
    token: access.mode === 'token' ? access.token : undefined,
    knownAs: [serverUrl, ...more, ...(internalUrl === undefined ? [] : [internalUrl])],
  };
}

const mediaTypes: Readonly<Record<ExamReportOptions['format'], string>> = {
  text: 'text/plain; charset=utf-8',
  json: 'application/json; charset=utf-8',
  junit: 'application/xml; charset=utf-8',
  sarif: 'application/sarif+json; charset=utf-8',
  markdown: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

/** What the HTML report may do: it has texts of the application, so nothing but its own styles is allowed. */
const reportPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups";

const inBrief = (state: JsonSource<ExamState>): JsonSource<ExamState> => ({
  ...state,
  checks: state.checks.map((check) => ({ ...check, requests: [] })),
});

/** Calls that examine an application. What makes exams is loaded with the first one. */
export const examRoutes = [
  defineRoute({
    method: 'POST',
    path: '/exam',
    tag,
    summary:
      'Begin an exam of an application in this world, which is reset for each check and has its state again ' +
      'afterwards, except its journal',
    body: ExamBody,
    answers: { 202: ExamView },
    async handle(context) {
      const { body, world, exams, reply } = context;
      const examiner = requireExaminer(context);
      const { mistakes, total } = await examiner.plan(body);
      const all = [...providerMistakes(body, world), ...mistakes];
      if (all.length > 0) throw invalid(all);
      const state = exams.start(world, body, total, examiner, placeOf(context));
      reply.code(202);
      return state;
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/exam',
    tag,
    isLater: true,
    summary: 'Read the exam of this world: the one that runs, or else the last one',
    query: ExamQuery,
    answers: { 200: ExamView },
    handle(context) {
      const { world, exams, query } = context;
      requireExaminer(context);
      const state = exams.state(world);
      return query.brief === 'true' ? inBrief(state) : state;
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/exam/checks/:id',
    tag,
    summary: 'Read one check of the exam of this world, with its requests',
    answers: { 200: ExamCheckView },
    handle(context) {
      const { world, exams, params } = context;
      requireExaminer(context);
      const { checks } = exams.state(world);
      const check = checks.find(({ id }) => id === params.id);
      if (check !== undefined) return check;
      throw notFound(
        'Unknown check',
        `The exam of this world has no check ${JSON.stringify(params.id)} that is done.`,
        checks.map(({ id }) => id),
      );
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/exam/report',
    tag,
    isLater: true,
    summary: 'Write the result of the last exam of this world as a report, by default as one page of HTML',
    query: ExamReportQuery,
    answers: { 200: Type.Unknown({ description: 'The report, in its format' }) },
    mediaTypes: Object.values(mediaTypes),
    async handle(context) {
      const { world, exams, query, reply } = context;
      const { format = 'html', failOn = 'error' } = query;
      const examiner = requireExaminer(context);
      const report = await examiner.report(exams.result(world), { format, failOn });
      reply.headers({ 'content-security-policy': reportPolicy, 'x-content-type-options': 'nosniff' });
      return new RawAnswer(mediaTypes[format], report);
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/exam',
    tag,
    summary: 'Stop the exam that runs in this world: it ends with what is known',
    answers: { 200: ExamView },
    handle(context) {
      requireExaminer(context);
      return context.exams.stop(context.world);
    },
  }),
];
