import { realNow } from '../world/clock.js';
import { countsOf } from './exam-counts.js';
import type { World } from '../world/world.js';
import type { Examiner, ExamOutcome, ExamPlace, ExamResultParts, ExamStep } from './examiner.js';
import type { JsonSource } from './json-source.js';
import type { ExamOrder, ExamState } from './schemas/exam.js';
import type { ExamCheck } from './schemas/exam-result.js';

/** Maximum size of the requests of one exam as JSON, in characters. Later checks are kept without requests. */
const requestsLimit = 2 * 1024 * 1024;

type Check = JsonSource<ExamCheck>;

/** What there is to say of a world without an exam. */
export const noExam: JsonSource<ExamState> = {
  status: 'none',
  done: 0,
  total: 0,
  current: null,
  score: null,
  grade: null,
  counts: countsOf([]),
  checks: [],
  notes: [],
};

/** One exam of a world: it runs, and afterwards it is what is known of it. */
export class Exam {
  status: Exclude<ExamState['status'], 'none'> = 'running';
  /** The world as it was before the exam. */
  readonly world: World;
  /** Resolves when the exam ended and the world has its state again. It never rejects. */
  readonly ended: Promise<void>;
  readonly #provider: string;
  readonly #total: number;
  readonly #startedAt = new Date(realNow()).toISOString();
  readonly #stop = new AbortController();
  readonly #checks: Check[] = [];
  #requestsLength = 0;
  /** Number of checks whose requests are not kept. */
  #shortened = 0;
  #current: ExamState['current'] = null;
  #failure: string | undefined;
  #outcome: ExamOutcome | undefined;

  /** Begins the exam. */
  constructor(world: World, order: ExamOrder, total: number, examiner: Examiner, place: ExamPlace) {
    this.world = world;
    this.#provider = order.provider;
    this.#total = total;
    this.ended = this.#run(order, examiner, place);
  }

  /** Ends it with what is known, soon. */
  stop(): void {
    this.#stop.abort();
  }

  /** What a report is written from. Undefined: it runs, or it ended without a result. */
  get result(): ExamResultParts | undefined {
    if (this.#outcome === undefined) return undefined;
    const { checks, counts, notes } = this.state;
    return { provider: this.#provider, ...this.#outcome, counts, checks, notes };
  }

  get state(): JsonSource<ExamState> {
    const { score = null, grade = null, notes = [] } = this.#outcome ?? {};
    return {
      status: this.status,
      provider: this.#provider,
      startedAt: this.#startedAt,
      done: this.#checks.length,
      total: this.#total,
      current: this.#current,
      failure: this.#failure,
      score,
      grade,
      counts: countsOf(this.#checks),
      checks: this.#checks,
      notes: this.#shortened === 0 ? notes : [...notes, this.#whatIsLeftOut()],
    };
  }

  async #run(order: ExamOrder, examiner: Examiner, place: ExamPlace): Promise<void> {
    const { signal } = this.#stop;
    try {
      this.#outcome = await examiner.examine(order, place, {
        signal,
        onProgress: (step) => {
          this.#follow(step);
        },
      });
      this.status = this.#outcome.interrupted ? 'stopped' : 'ended';
    } catch (error) {
      // an exam that is stopped in its first flow has no outcome, and did not fail
      this.status = signal.aborted ? 'stopped' : 'failed';
      this.#failure = signal.aborted ? undefined : (error as Error).message;
    }
    this.#current = null;
  }

  #follow({ done, next, ended }: ExamStep): void {
    this.#current = next === undefined ? null : { id: next.id, title: next.title };
    // a check that is interrupted is not done: the one before it is told again
    if (ended !== undefined && done > this.#checks.length) this.#checks.push(this.#withinLimit(ended));
  }

  #withinLimit(check: Check): Check {
    const { length } = JSON.stringify(check.requests);
    if (this.#requestsLength + length <= requestsLimit) {
      this.#requestsLength += length;
      return check;
    }
    this.#shortened += 1;
    return { ...check, requests: [] };
  }

  #whatIsLeftOut(): string {
    return `the requests of ${this.#shortened} checks are left out: together they would be larger than 2 MiB`;
  }
}
