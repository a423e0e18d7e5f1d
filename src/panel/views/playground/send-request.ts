import { isBrokenJson, longestBody } from './texts.js';
import type { Answer, SentRequest } from './run.js';

/** The longest time that an answer may take, in milliseconds. A fault can hold a request for ever. */
const timeoutMs = 30_000;

/** What became of a request. */
export type SendOutcome = { readonly answer: Answer } | { readonly failure: string };

/** Sends a request as a client does, and reads the answer. Never throws: a failure is what a client sees. */
export async function sendRequest(
  { method, url, headers, body }: SentRequest,
  cancel: AbortSignal,
): Promise<SendOutcome> {
  const begin = performance.now();
  const timeout = AbortSignal.timeout(timeoutMs);
  let status: number | undefined;
  try {
    const answer = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      credentials: 'omit',
      cache: 'no-store',
      signal: AbortSignal.any([cancel, timeout]),
    });
    ({ status } = answer);
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? '';
    // a longer body is shown in part
    const shown = text.slice(0, longestBody + 1);
    const isBroken = isBrokenJson({ type, body: text });
    return { answer: { status, type, body: shown, isBroken, ms: performance.now() - begin } };
  } catch (error) {
    return { failure: failureOf(error, cancel.aborted, timeout.aborted, status) };
  }
}

function failureOf(error: unknown, isCancelled: boolean, isTimeout: boolean, status: number | undefined): string {
  if (isCancelled) return 'You cancelled it: no whole answer had come. A client without a time-out would still wait.';
  if (isTimeout) {
    return `No whole answer came within ${timeoutMs / 1000} seconds. A client needs a time-out of its own.`;
  }
  const what = error instanceof Error ? error.message : String(error);
  return status === undefined
    ? `The connection ended without an answer (${what}). The client cannot know whether the request had its effect.`
    : `The answer with status ${status} broke off (${what}). The client cannot know what it said.`;
}
