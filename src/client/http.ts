import { whyUnanswered } from '../input/fetch-error.js';
import { describeMiss } from './expectation.js';
import type { Verdict } from '../admin/schemas/verify.js';
import type { Mistake } from '../input/mistake.js';

/** A call that the admin API refused. `problem` is the whole problem document (RFC 9457). */
export class UnderstudyError extends Error {
  readonly status: number;
  readonly errors: readonly Mistake[];
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(call: string, status: number, problem: Readonly<Record<string, unknown>>) {
    const errors = Array.isArray(problem.errors) ? (problem.errors as Mistake[]) : [];
    const misses = Array.isArray(problem.nearMisses) ? (problem.nearMisses as Verdict['nearMisses']) : [];
    const detail = inWordsOfLibrary(typeof problem.detail === 'string' ? problem.detail : 'no detail');
    // the detail is the first mistake: a single one is not said twice
    const lines =
      errors.length < 2
        ? [detail]
        : [`${errors.length} mistakes`, ...errors.map(({ path, message }) => `${path || 'the body'} ${message}`)];
    super(
      [`${call} answered ${status}: ${lines.join('\n  ')}`, ...misses.map((miss) => describeMiss(miss, []))].join(
        '\n  ',
      ),
    );
    this.name = 'UnderstudyError';
    this.status = status;
    this.errors = errors;
    this.problem = problem;
  }
}

/** The admin API names the call that makes a missing world. A program has a method for it. */
export const inWordsOfLibrary = (detail: string): string =>
  detail.replace(
    /Create it with PUT \/__admin\/worlds\/([\w-]+)/,
    "It was dropped or never made: newWorld({ id: '$1' })",
  );

/** Makes one call of an admin API and returns its parsed answer. Throws an `UnderstudyError` if it is refused. */
export type AdminCall = <Answer>(method: string, path: string, body?: unknown, signal?: AbortSignal) => Promise<Answer>;

/** Makes the function that calls the admin API below a base URL such as `http://localhost:8080/w/x/__admin`. */
export function adminCall(base: string, token: string | undefined): AdminCall {
  return async <Answer>(method: string, path: string, body?: unknown, signal?: AbortSignal) => {
    const answer = await fetchFrom(method, base + path, {
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const text = await answer.text();
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    const value: unknown = isJson && text !== '' ? JSON.parse(text) : text;
    if (answer.ok) return value as Answer;
    throw new UnderstudyError(
      `${method} ${path}`,
      answer.status,
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { detail: text },
    );
  };
}

async function fetchFrom(method: string, url: string, init: RequestInit): Promise<Response> {
  const send = (): Promise<Response> => fetch(url, { method, ...init });
  try {
    return await send().catch((error: unknown) => {
      // the connection of an earlier server on this port can be kept, and a GET may be repeated (RFC 9110 §9.2.2)
      if (method === 'GET' && wasClosed(error)) return send();
      throw error;
    });
  } catch (error) {
    throw new Error(`${method} ${url} did not answer: ${whyUnanswered(error)}`, { cause: error });
  }
}

const wasClosed = (error: unknown): boolean =>
  error instanceof Error && (error.cause as { readonly code?: string } | undefined)?.code === 'UND_ERR_SOCKET';

/** Makes a query string from the members that are not undefined. Objects are written as JSON. */
export function queryString(members: object): string {
  const set = Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]);
  return set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`;
}

/** Makes a path below a provider. */
export function providerPath(provider: string, ...segments: readonly string[]): string {
  return ['/providers', ...[provider, ...segments].map(encodeURIComponent)].join('/');
}
