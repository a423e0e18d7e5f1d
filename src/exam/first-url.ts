/** A URL at the end of the text counts as complete when nothing follows it for this time, in milliseconds. */
const quietMs = 200;

const url = /https?:\/\/[^\s"'<>`]+/;
const completeUrl = new RegExp(`(${url.source})[\\s"'<>\`]`);

/** Finds the first URL in a text that comes in pieces, such as the output of a program. */
export class FirstUrl {
  /** The URL. Undefined: the text ended without one. */
  readonly found: Promise<string | undefined>;
  #text = '';
  #timer: NodeJS.Timeout | undefined;
  readonly #settle: (url: string | undefined) => void;

  constructor() {
    let settle: (url: string | undefined) => void = () => undefined;
    this.found = new Promise((resolve) => {
      settle = resolve;
    });
    this.#settle = settle;
  }

  add(text: string): void {
    this.#text += text;
    clearTimeout(this.#timer);
    const [, complete] = completeUrl.exec(this.#text) ?? [];
    if (complete !== undefined) {
      this.#settle(complete);
      this.#text = '';
      return;
    }
    this.#timer = setTimeout(() => {
      if (url.test(this.#text)) this.end();
    }, quietMs);
  }

  /** The text is at its end. */
  end(): void {
    clearTimeout(this.#timer);
    this.#settle(url.exec(this.#text)?.[0]);
  }
}
