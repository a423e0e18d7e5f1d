import { describeMiss } from './expectation.js';
import type { Verdict } from '../world/journal/verify.js';
import type { Mistake } from '../input/mistake.js';

/** A call that the admin API refused, with the whole problem document (RFC 9457). */
export class UnderstudyError extends Error {
  readonly status: number;
  readonly errors: readonly Mistake[];
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(call: string, status: number, problem: Readonly<Record<string, unknown>>) {
    const errors = Array.isArray(problem.errors) ? (problem.errors as Mistake[]) : [];
    const misses = Array.isArray(problem.nearMisses) ? (problem.nearMisses as Verdict['nearMisses']) : [];
    const lines = [
      ...errors.map(({ path, message }) => (path === '' ? message : `${path} ${message}`)),
      ...misses.map(describeMiss),
    ];
    super(
      [
        `${call} answered ${status}: ${typeof problem.detail === 'string' ? problem.detail : 'no detail'}`,
        ...lines,
      ].join('\n  '),
    );
    this.name = 'UnderstudyError';
    this.status = status;
    this.errors = errors;
    this.problem = problem;
  }
}

/** Calls one admin API: of the whole server, or of one world. */
export type Call = <Answer>(method: string, path: string, body?: unknown) => Promise<Answer>;

/** A caller of the admin API below a base URL such as `http://localhost:8080/w/x/__admin`. */
export function caller(base: string, token: string | undefined): Call {
  return async <Answer>(method: string, path: string, body?: unknown) => {
    const answer = await reach(method, base + path, {
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    const value: unknown = isJson && text !== '' ? JSON.parse(text) : text;
    if (!answer.ok) {
      throw new UnderstudyError(
        `${method} ${path}`,
        answer.status,
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : { detail: text },
      );
    }
    return value as Answer;
  };
}

/** `fetch failed` alone says neither what was called nor why nobody answered. */
async function reach(method: string, url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { method, ...init });
  } catch (error) {
    const { message, cause } = error as Error;
    throw new Error(`${method} ${url} did not answer: ${message}: ${(cause as Error).message}`, { cause: error });
  }
}

/** A query string of the members that are set. */
export function query(members: object): string {
  const set = Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, string] => [name, String(value)]);
  return set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`;
}

/** The path of what belongs to a provider. */
export function under(provider: string, ...segments: readonly string[]): string {
  return ['/providers', ...[provider, ...segments].map(encodeURIComponent)].join('/');
}
