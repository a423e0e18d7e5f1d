import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { connect } from '../../../src/client/index.js';
import { Browser } from '../browserless.js';
import type { World } from '../../../src/client/index.js';
import type { Row, Step } from './rows.js';

/** The client and the person of the default scenario, which every provider of the shelf has. */
export const client = { id: 'understudy-client', secret: 'understudy-secret' };
export const redirectUri = 'http://localhost:3000/callback';
const person = { username: 'ada@example.test', password: 'understudy' };

/** What a client did, and what its program printed about it. One line of JSON. */
export interface Line extends Row {
  /** Why the journey failed. Absent: it passed. */
  readonly failure?: string;
}

/** One provider as a program below `understudy run --shelf` sees it: by its real hosts, and by the admin API. */
export class Brand {
  readonly steps: Step[] = [];

  constructor(
    readonly world: World,
    readonly provider: string,
  ) {}

  /** Records a step, as soon as the client has done it. */
  did(step: Step): void {
    this.steps.push(step);
  }

  /** Opens an authorization URL of a client in a browser, logs in and consents. Returns the callback. */
  async login(url: string | URL): Promise<URL> {
    const { status, text, url: last } = await new Browser(redirectUri).signIn(url, person);
    assert.equal(status, 0, `not sent back, but at ${last.href}: ${status} ${text}`);
    this.did('login');
    return last;
  }

  /** The code of a callback. */
  async code(url: string | URL): Promise<string> {
    const callback = await this.login(url);
    const code = callback.searchParams.get('code');
    assert.ok(code, `no code in ${callback.href}`);
    return code;
  }

  /** Moves the clock of the provider. The clock of this process stays. */
  async advance(by: string): Promise<void> {
    await this.world.clock.advance(by);
    this.did('expiry');
  }
}

/** A call of an API at its real host. */
export async function call(
  url: string,
  headers: Readonly<Record<string, string>>,
  init: RequestInit = {},
): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await fetch(url, { ...init, headers });
  const text = await answer.text();
  try {
    return { status: answer.status, body: JSON.parse(text) };
  } catch {
    return { status: answer.status, body: text };
  }
}

/** Uses a client at one provider. Returns how the client told the refused request. */
export type Journey = (brand: Brand) => Promise<string>;

/** Makes the journeys of one client one after the other, and prints a line about each. */
export async function play(name: string, journeys: Readonly<Record<string, Journey>>): Promise<void> {
  const world = connect().world();
  for (const [provider, journey] of Object.entries(journeys)) {
    await world.reset();
    const brand = new Brand(world, provider);
    const told = await journey(brand).then(
      (error) => ({ error }),
      (failure: unknown) => ({ error: '', failure: inspect(failure) }),
    );
    const line: Line = { client: name, provider, steps: brand.steps, ...told };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}

/** The error that a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error, 'the client should have reported an error');
  return error;
}
