import { setTimeout as sleep } from 'node:timers/promises';
import { Type } from 'typebox';
import { ExamBody } from '../../admin/schemas/exam.js';
import { timeLimit } from '../../input/time-limit.js';
import { argumentsOf, defineTool, inWorld, worldOf } from '../tool.js';
import type { ExamState, World } from '../../client/index.js';
import type { ToolContext } from '../tool.js';

/** Interval of looking how far an exam is, in milliseconds. */
const lookMs = 300;

/** How long a call waits, if the caller does not say it: many assistants give a call up after a minute. */
const defaultWaitSeconds = 45;

const waitSeconds = Type.Optional(
  Type.Integer({
    minimum: 0,
    maximum: 600,
    description:
      'Maximum real time, in seconds, that this call waits for the end of the exam, which runs on afterwards. ' +
      `Default: ${defaultWaitSeconds}`,
  }),
);

/** Tools about exams of an application. */
export const examTools = [
  defineTool({
    name: 'run_exam',
    title: 'Examine the application',
    description:
      'Examines an application from login to disconnect in about a hundred staged situations, and grades it from A ' +
      'to F: an expired token, a rotated refresh token, a forged callback, an outage. It needs an application that ' +
      'runs, is configured with the URLs of a world, and has a URL that begins the flow and one that uses the API ' +
      'and fails without a connection. The exam resets the world for each check; its journal is lost. If the exam ' +
      'takes longer than this call waits, read_exam tells the rest. Cancelling the call stops the exam.',
    effect: 'examines',
    input: argumentsOf({ ...inWorld, ...ExamBody.properties, waitSeconds }),
    async run({ world: id, waitSeconds: wait, ...order }, context) {
      const world = context.understudy.world(id);
      await world.exam.start(order);
      const state = await follow(world, context, wait);
      return summaryOf(context.signal.aborted ? await world.exam.stop() : state);
    },
  }),
  defineTool({
    name: 'read_exam',
    title: 'Read the exam',
    description:
      'Waits for the exam of a world and tells its result: grade, score, and each check that the application did not ' +
      'pass, with what it did and what to change. With `check` it reads one check instead, with its requests.',
    effect: 'reads',
    input: argumentsOf({
      ...inWorld,
      check: Type.Optional(Type.String({ minLength: 1, maxLength: 100, description: 'Id of a check that is done' })),
      waitSeconds,
    }),
    async run({ check, waitSeconds: wait, ...args }, context) {
      const world = worldOf(context, args);
      return check === undefined ? summaryOf(await follow(world, context, wait)) : world.exam.check(check);
    },
  }),
  defineTool({
    name: 'stop_exam',
    title: 'Stop the exam',
    description: 'Stops the exam that runs in a world: it ends with what is known.',
    effect: 'changes',
    input: argumentsOf(inWorld),
    run: async (args, context) => summaryOf(await worldOf(context, args).exam.stop()),
  }),
];

/** Waits until the exam ends, or the time is over. */
async function follow(
  world: World,
  { signal, onProgress }: ToolContext,
  seconds = defaultWaitSeconds,
): Promise<ExamState> {
  using limit = timeLimit(seconds * 1000, signal);
  let told = -1;
  for (;;) {
    const state = await world.exam.state({ brief: true });
    const { status, done, total, current } = state;
    if (done > told) await onProgress({ done, total, message: current?.title ?? 'The first flow' });
    told = done;
    if (status !== 'running' || limit.signal.aborted) return state;
    await sleep(lookMs, undefined, { signal: limit.signal }).catch(() => undefined);
  }
}

const fine = ['passed', 'not-applicable'];

/** An exam without the checks that need no attention. */
function summaryOf({ checks, ...state }: ExamState): object {
  return {
    ...state,
    ...(state.status === 'running' ? { next: 'The exam runs on: call read_exam for the rest.' } : {}),
    checks: checks
      .filter(({ verdict }) => !fine.includes(verdict))
      .map(({ requests: _1, durationMs: _2, evidence: _3, ...check }) => check),
  };
}
