/** A mistake in a call, with the member that has it. */
export interface CallMistake {
  readonly path: string;
  readonly message: string;
}

/** A problem document (RFC 9457), as far as the panel reads it. */
export interface ProblemDocument {
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly CallMistake[];
}

/** A quoted text, as JSON writes it. A message that the server cut may end within one. */
const quoted = /"((?:[^"\\]|\\.)*)(?:"|$)/g;
/** Maximum length of a quoted text, in characters. */
const longest = 60;

/** A message in which each long value that it quotes is cut. */
const cut = (message: string): string =>
  message.replaceAll(quoted, (whole, text: string) => (text.length > longest ? `"${text.slice(0, longest)}…"` : whole));

/** A call that failed. Its message is a sentence for the page. Status 0: no answer came. */
export class ApiError extends Error {
  readonly status: number;
  readonly title: string;
  readonly mistakes: readonly CallMistake[];

  constructor(status: number, { title = 'The call failed', detail, errors = [] }: ProblemDocument) {
    super(cut(detail ?? title));
    this.status = status;
    this.title = title;
    this.mistakes = errors.map(({ path, message }) => ({ path, message: cut(message) }));
  }
}
