import { conflict } from './admin-error.js';
import { Exam, noExam } from './one-exam.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';
import type { Examiner, ExamPlace, ExamResultParts } from './examiner.js';
import type { JsonSource } from './json-source.js';
import type { ExamOrder, ExamState } from './schemas/exam.js';

/** Maximum number of exams that run at once in one server. */
const runningLimit = 2;

/** Maximum number of worlds whose last exam is kept. The one that began first is forgotten. */
const keptLimit = 50;

/** The exams of a server: one at a time in each world, and the last one of each world after its end. */
export class Exams {
  /** By id of the world, in the order in which they began. */
  readonly #exams = new Map<string, Exam>();

  constructor(worlds: Worlds) {
    worlds.whenWorldEnds(({ id }) => {
      // a world that is reset ends too, and is there again at once
      queueMicrotask(() => {
        if (!worlds.list().some((world) => world.id === id)) this.#forget(id);
      });
    });
  }

  /**
   * Begins an exam in a world.
   *
   * @param total number of its checks
   * @throws AdminError with status 409 if one runs in this world, or too many in this server
   */
  start(world: World, order: ExamOrder, total: number, examiner: Examiner, place: ExamPlace): JsonSource<ExamState> {
    this.#refuseMore(world.id);
    const exam = new Exam(world, order, total, examiner, place);
    this.#exams.delete(world.id);
    this.#exams.set(world.id, exam);
    if (this.#exams.size > keptLimit) this.#forgetFirst();
    return exam.state;
  }

  /** The exam of a world: the one that runs, or else the last one. */
  state({ id }: World): JsonSource<ExamState> {
    return this.#exams.get(id)?.state ?? noExam;
  }

  /**
   * The result of the exam of a world.
   *
   * @throws AdminError with status 409 if there is none
   */
  result({ id }: World): ExamResultParts {
    const exam = this.#exams.get(id);
    const result = exam?.result;
    if (result !== undefined) return result;
    throw conflict(
      'No result of an exam',
      `The exam of this world has no result: its status is ${exam?.status ?? noExam.status}.`,
    );
  }

  /** Ends the exam that runs in a world, and waits until the world has its state again. */
  async stop(world: World): Promise<JsonSource<ExamState>> {
    const exam = this.#exams.get(world.id);
    exam?.stop();
    await exam?.ended;
    return this.state(world);
  }

  /** Ends all exams, soon. */
  stopAll(): void {
    for (const exam of this.#exams.values()) exam.stop();
  }

  /** Whether a world was made by a running exam, for one of its checks. */
  isStaged(world: World): boolean {
    const exam = this.#exams.get(world.id);
    return exam?.status === 'running' && exam.world !== world;
  }

  #refuseMore(id: string): void {
    if (this.#exams.get(id)?.status === 'running') {
      throw conflict(
        'An exam runs already',
        `An exam runs in the world ${JSON.stringify(id)}. Wait for its end, or stop it with DELETE /__admin/exam.`,
      );
    }
    const running = [...this.#exams.values()].filter(({ status }) => status === 'running');
    if (running.length < runningLimit) return;
    throw conflict(
      'Too many exams',
      `${running.length} exams run in this server, which is the limit. Wait for the end of one, or stop it.`,
    );
  }

  #forgetFirst(): void {
    const [id] = [...this.#exams].find(([, { status }]) => status !== 'running') as [string, Exam];
    this.#exams.delete(id);
  }

  #forget(id: string): void {
    this.#exams.get(id)?.stop();
    this.#exams.delete(id);
  }
}
