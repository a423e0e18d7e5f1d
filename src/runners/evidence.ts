import type { BriefEntryView, Finding, Report, RequestLine, World } from '../library.js';

/** A request as text: `#3 POST /v1/oauth/token 400 code.expired`. The number is the id of its journal entry. */
export function requestText({ entry, method, path, status, reason }: RequestLine): string {
  return [`#${entry}`, method, path, status ?? 'no answer', ...(reason === null ? [] : [reason])].join(' ');
}

/** A journal entry as the same text. Its path begins with the provider. */
export function entryText({ id, request, status, reason, at }: BriefEntryView): string {
  const path = request.path.replace(/^\/w\/[^/]+/, '');
  return requestText({
    entry: id,
    at,
    method: request.method,
    path,
    status: status ?? null,
    reason: reason ?? null,
  });
}

/** A finding as lines: what it is, each case with its requests, what to do. */
export function findingLines({ severity, rule, verdict, cases, advice }: Finding): string[] {
  return [
    `${severity} ${rule}: ${verdict}`,
    ...cases.flatMap(({ says, requests }) => [
      `  - ${says}`,
      ...requests.map((request) => `      ${requestText(request)}`),
    ]),
    `  ${advice}`,
  ];
}

/** What the journal says about the requests of a test: the findings, and why requests were refused. */
export function evidenceText({ world, judged, findings, refused }: Report): string {
  return [
    `Understudy, world ${world}: requests: ${judged.entries}, findings: ${findings.length}`,
    ...findings.flatMap(findingLines),
    ...(refused?.reasons ?? []).map(
      ({ count, request, explanation }) => `refused ${count} ×: ${requestText(request)}: ${explanation}`,
    ),
  ].join('\n  ');
}

/** The evidence of a world, for a test that failed. It does not throw: the failure of the test is what matters. */
export async function evidenceOf(world: World): Promise<string> {
  return await world
    .findings()
    .then(evidenceText, (error: unknown) => `Understudy, world ${world.id}: no findings: ${String(error)}`);
}

/**
 * An error that a test has before its first line, at the line of the test. It has neither the class nor the members of
 * the first one: Jest takes an error with `errors` for several, and prints each again. The message has them all.
 *
 * @param place an error whose stack has the frames to begin with
 */
export function withFramesOf({ stack }: Error, error: unknown): Error {
  const moved = new Error(error instanceof Error ? error.message : String(error));
  const value = [`Error: ${moved.message}`, ...framesOf(stack)].join('');
  Reflect.defineProperty(moved, 'stack', { value, writable: true, configurable: true });
  return moved;
}

/** The frames of a stack, each with the line break before it. */
const framesOf = (stack = ''): string[] => stack.split(/(?=\n {4}at )/).slice(1);

/**
 * Adds a text to the message of an error. Runners print the message from the stack, which has a copy of it.
 *
 * @returns the same error; or a new one, if what was thrown is no object
 */
export function withText(error: unknown, text: string): unknown {
  if (typeof error !== 'object' || error === null) return new Error(`${String(error)}\n\n${text}`);
  const { message = '', stack = '' } = error as { readonly message?: string; readonly stack?: string };
  const longer = `${message}\n\n${text}`;
  const frames = framesOf(stack);
  const head = stack.slice(0, stack.length - frames.join('').length);
  const longerHead = (head.endsWith(message) ? head.slice(0, head.length - message.length) : '') + longer;
  const value = [longerHead, ...frames].join('');
  // some errors have read-only members
  Reflect.defineProperty(error, 'message', { value: longer, writable: true, configurable: true });
  Reflect.defineProperty(error, 'stack', { value, writable: true, configurable: true });
  return error;
}
