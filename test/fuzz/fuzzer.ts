import fc from 'fast-check';
import { mutate, mutation } from './bytes.js';
import { apply, changeOf } from './changes.js';
import { adminCalls, corpusOf } from './corpus.js';
import { allText, write } from './draft.js';
import { findWholeWord, mayWait, troublesOf } from './judge.js';
import { otherWorld } from './stage.js';
import { read, send } from './wire.js';
import type { Mutation } from './bytes.js';
import type { Change } from './changes.js';
import type { Draft } from './draft.js';
import type { Stage } from './stage.js';
import type { Outcome, Reading } from './wire.js';

/** Requests until the world is restored, because codes are spent and pages are answered. */
const requestsAWorld = 60;

export interface Played {
  readonly bytes: Buffer;
  readonly reading: Reading;
  readonly outcome: Outcome;
  readonly troubles: readonly string[];
}

/** Sends requests to one server, and checks the result of each. */
export class Fuzzer {
  readonly stage: Stage;
  sent = 0;
  /** Answers by status; 0 counts connections that were closed without an answer. */
  readonly statuses = new Map<number, number>();
  slowest: { readonly ms: number; readonly about: string; readonly bytes: Buffer } = {
    ms: 0,
    about: '',
    bytes: Buffer.of(),
  };
  #age = 0;
  #isChanged = false;
  // True at first, so that the world is restored before the first request.
  #isSpoilt = true;
  /** Number of journal entries that were checked. */
  #entries = 0;
  readonly #issued = new Map<string, string>();

  constructor(stage: Stage) {
    this.stage = stage;
  }

  get host(): string {
    return new URL(this.stage.target.url).host;
  }

  /** Sends bytes whose sender knows the secrets in `known`. */
  async play(bytes: Buffer, known: string, about: string): Promise<Played> {
    await this.#prepare();
    const { stage } = this;
    const reading = await read(bytes);
    const outcome = await send(stage.target.port, bytes, reading, mayWait(reading));
    this.#count(outcome, bytes, about);
    const unknown = new Map([...stage.secrets].filter(([secret]) => !known.includes(secret)));
    const troubles = [
      ...troublesOf(outcome, reading, unknown),
      ...(stage.target.isAlive ? [] : [`the server crashed: ${stage.target.log.slice(-2000)}`]),
    ];
    this.#learn(outcome, reading);
    if (troubles.length === 0 && [...stage.secrets.keys()].some((secret) => known.includes(secret))) {
      troubles.push(...(await this.#journalLeaks()));
    }
    this.#isSpoilt = troubles.length > 0;
    if (this.#isSpoilt && (outcome.hung || !stage.target.isAlive)) await stage.reopen();
    return { bytes, reading, outcome, troubles };
  }

  /**
   * Sends bytes to a world whose faults may take any answer. The process must survive, and its journal must be readable.
   */
  async survive(bytes: Buffer): Promise<Played> {
    const { stage } = this;
    const reading = await read(bytes);
    const outcome = await send(stage.target.port, bytes, reading, true);
    const troubles: string[] = [];
    if (stage.target.isAlive) {
      for (const line of ['GET /journal?limit=5', 'GET /findings']) {
        const { status, text } = await stage.ask(line);
        if (status !== 200) troubles.push(`${line} answered ${status}: ${text.slice(0, 300)}`);
      }
    } else {
      troubles.push(`the server crashed: ${stage.target.log.slice(-2000)}`);
    }
    return { bytes, reading, outcome, troubles };
  }

  async #prepare(): Promise<void> {
    this.#age += 1;
    if (!this.#isSpoilt && !this.#isChanged && this.#age < requestsAWorld) return;
    await this.stage.restore();
    this.#age = 0;
    this.#isChanged = false;
    this.#entries = (await this.stage.call<{ total: number }>('GET /journal?limit=1')).total;
  }

  #count(outcome: Outcome, bytes: Buffer, about: string): void {
    this.sent += 1;
    if (outcome.ms > this.slowest.ms) this.slowest = { ms: outcome.ms, about, bytes };
    const statuses = outcome.answers.length === 0 ? [0] : outcome.answers.map(({ status }) => status);
    for (const status of statuses) this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }

  /** Notes changes of the world and new secrets, for the checks of later requests. */
  #learn({ answers }: Outcome, { requests }: Reading): void {
    for (const [i, { status, headers, body }] of answers.entries()) {
      const told = [
        ...body.matchAll(/"(access_token|refresh_token|accessToken|refreshToken)":"([^"]{6,})"/g),
        ...(headers['set-cookie'] ?? '').matchAll(/(understudy_session)=([^;]{6,})/g),
        ...(headers.location ?? '').matchAll(/[?&](code)=([^&]{6,})/g),
      ];
      // Fingerprints in the journal are not secrets.
      const secrets = told.filter(([, , value]) => !value!.startsWith('fp:'));
      for (const [, kind, secret] of secrets) {
        if (!this.stage.secrets.has(secret!)) this.#issued.set(secret!, `${kind!}, issued meanwhile`);
      }
      // The call may have added a fault or changed a policy, which affects later requests.
      if (status < 300 && told.length === 0 && !['GET', 'HEAD'].includes(requests[i]?.method ?? '')) {
        this.#isChanged = true;
      }
    }
  }

  /** Secrets in the newest journal entries. */
  async #journalLeaks(): Promise<string[]> {
    const issued = new Map([...this.stage.secrets].filter(([, kind]) => !kind.includes(hiddenByName)));
    const leaks: string[] = [];
    for (;;) {
      const entry = await this.stage.ask(`GET /journal/${this.#entries + 1}`);
      if (entry.status === 404) return leaks;
      if (entry.status >= 500) leaks.push(`the journal cannot be read: ${entry.text}`);
      this.#entries += 1;
      leaks.push(
        ...found(entry.text, issued, findWholeWord).map(({ kind, around }) => `${kind} is in the journal: ${around}`),
      );
    }
  }

  /** Secrets in the log. */
  logLeaks(): string[] {
    const {
      target: { log },
      secrets,
    } = this.stage;
    // The other world did not issue these secrets, so it cannot hide them.
    const here = log
      .split('\n')
      .filter((line) => !line.includes(`"world":"${otherWorld}"`))
      .join('\n');
    const chosen = new Map([...secrets].filter(([, kind]) => kind.includes(hiddenByName)));
    const leaks = [
      ...found(here, new Map([...secrets, ...this.#issued].filter(([secret]) => !chosen.has(secret))), findWholeWord),
      // The admin token in the path of a request is not hidden.
      ...found(log.replaceAll(/"path":"[^"]*"/g, ''), chosen, anywhere),
    ];
    return leaks.map(({ kind, around }) => `${kind} is in the log: ${around}`);
  }
}

/** The token of the admin API belongs to no world. It is hidden by the name of its header, not by its value. */
const hiddenByName = 'admin token';
const anywhere = (text: string, secret: string): number => text.indexOf(secret);

function found(
  text: string,
  secrets: ReadonlyMap<string, string>,
  find: typeof anywhere,
): { kind: string; around: string }[] {
  return [...secrets].flatMap(([secret, kind]) => {
    const at = text.includes(secret) ? find(text, secret) : -1;
    return at < 0 ? [] : [{ kind, around: text.slice(Math.max(at - 120, 0), at + secret.length + 20) }];
  });
}

/** The result of a fuzzer run. */
export interface Run {
  readonly runs: number;
  /** The failure with its bytes and its seed; undefined if there was none. */
  readonly failure: string | undefined;
}

export interface RunOptions {
  readonly seed: number;
  readonly runs: number;
  /** In real milliseconds. */
  readonly timeLimitMs: number;
}

/** Fuzzes with valid requests and generated admin calls that are changed. */
export function fuzzRequests(fuzzer: Fuzzer, options: RunOptions): Promise<Run> {
  const { stage } = fuzzer;
  const corpus = corpusOf(stage);
  const good = fc.oneof(
    { weight: 3, arbitrary: fc.nat({ max: corpus.length - 1 }).map((i) => corpus[i]!) },
    { weight: 1, arbitrary: adminCalls(stage, 3) },
  );
  const changed = fc
    .tuple(good, fc.array(changeOf(stage), { maxLength: 4 }))
    .map(([draft, changes]): Draft => changes.reduce((before, change: Change) => apply(before, change, stage), draft));
  return check(options, changed, (draft) => fuzzer.play(write(draft, fuzzer.host), allText(draft), draft.about));
}

/** Fuzzes with mutated bytes of valid requests. */
export function fuzzBytes(fuzzer: Fuzzer, options: RunOptions): Promise<Run> {
  return withBytes(fuzzer, options, (bytes, known, about) => fuzzer.play(bytes, known, about));
}

/** Fuzzes a world with faults, streams and waiting calls. */
export function fuzzFaults(fuzzer: Fuzzer, options: RunOptions): Promise<Run> {
  return withBytes(fuzzer, options, (bytes) => fuzzer.survive(bytes));
}

function withBytes(
  fuzzer: Fuzzer,
  options: RunOptions,
  play: (bytes: Buffer, known: string, about: string) => Promise<Played>,
): Promise<Run> {
  const corpus = corpusOf(fuzzer.stage).map((draft) => ({ draft, bytes: write(draft, fuzzer.host) }));
  const index = fc.nat({ max: corpus.length - 1 });
  const spoilt = fc.record({
    base: index,
    other: index,
    mutations: fc.array(mutation, { minLength: 1, maxLength: 5 }),
  });
  return check(options, spoilt, ({ base, other, mutations }) => {
    const [first, second] = [corpus[base]!, corpus[other]!];
    const bytes = mutations.reduce((before, each: Mutation) => mutate(before, each, second.bytes), first.bytes);
    return play(bytes, allText(first.draft) + allText(second.draft), first.draft.about);
  });
}

async function check<T>(
  { seed, runs, timeLimitMs }: RunOptions,
  inputs: fc.Arbitrary<T>,
  play: (input: T) => Promise<Played>,
): Promise<Run> {
  let last: Played | undefined;
  const property = fc.asyncProperty(inputs, async (input) => {
    const played = await play(input);
    if (played.troubles.length === 0) return;
    last = played;
    throw new Error(played.troubles.join('; '));
  });
  const details = await fc.check(property, {
    seed,
    numRuns: runs,
    interruptAfterTimeLimit: timeLimitMs,
    markInterruptAsFailure: false,
  });
  return { runs: details.numRuns, failure: details.failed && last !== undefined ? tell(seed, last) : undefined };
}

/** A failure message: what is wrong, the bytes to reproduce it, and the answer. */
function tell(seed: number, { bytes, troubles, outcome }: Played): string {
  const text = bytes.toString('latin1');
  return [
    ...troubles,
    `seed ${seed}; the bytes, as latin1 (${bytes.length}): ${JSON.stringify(text.length > 3000 ? `${text.slice(0, 3000)}…` : text)}`,
    `in base64: ${bytes.toString('base64')}`,
    ...outcome.answers.map(({ head, body }) => `answered: ${head.slice(0, 500)}\n${body.slice(0, 500)}`),
  ].join('\n');
}
