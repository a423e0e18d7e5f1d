import { firstMistakes, mistakeLimit, quotedPath } from '../input/mistake.js';
import type { Mistake } from '../input/mistake.js';

/** A refused call of the admin API. It is answered as a problem document (RFC 9457). */
export class AdminError extends Error {
  readonly status: number;
  readonly title: string;
  readonly mistakes: readonly Mistake[] | undefined;
  readonly extra: Readonly<Record<string, unknown>>;

  /**
   * @param mistakes mistakes by member of the request: the member `errors` of the document
   * @param extra further members of the document
   */
  constructor(
    status: number,
    title: string,
    detail: string,
    mistakes?: readonly Mistake[],
    extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(detail);
    this.status = status;
    this.title = title;
    this.mistakes = mistakes;
    this.extra = extra;
  }
}

/** Makes the error for a request with mistakes: status 400, with all of them, or with the first hundred. */
export function invalid(found: readonly Mistake[]): AdminError {
  const mistakes = firstMistakes(found).map(({ path, message }) => ({ path: quotedPath(path), message }));
  const [first] = mistakes;
  const count = mistakes.length > mistakeLimit ? '' : `${mistakes.length - 1} `;
  const more = mistakes.length > 1 ? ` (and ${count}more)` : '';
  return new AdminError(
    400,
    'Invalid request',
    `${first?.path === '' ? 'the body' : String(first?.path)} ${String(first?.message)}${more}`,
    mistakes,
  );
}

/** Makes the error for an unknown name in the URL: status 404, with the known names. */
export function notFound(title: string, detail: string, known: readonly string[]): AdminError {
  return new AdminError(404, title, detail, undefined, { known });
}

/** Makes the error for a call that the current state does not allow: status 409. */
export function conflict(title: string, detail: string): AdminError {
  return new AdminError(409, title, detail);
}
