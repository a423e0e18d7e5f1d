/** A URL at the end of the text counts as complete when nothing follows it for this time, in milliseconds. */
const quietMs = 200;

/** Maximum length of the text that is searched, in characters. A URL to visit has a few hundred. */
const textLimit = 64_000;

const urls = /https?:\/\/[^\s"'<>`]+/g;

/**
 * Finds the URL to visit in a text that comes in pieces, such as the output of a program: the first one of the provider
 * or, when nothing more is printed for a while, the first one at all. Programs also print where they listen.
 */
export class FirstUrl {
  /** The URL. Undefined: the text ended without one. */
  readonly found: Promise<string | undefined>;
  #text = '';
  #timer: NodeJS.Timeout | undefined;
  #isFound = false;
  readonly #isOfProvider: (url: URL) => boolean;
  readonly #settle: (url: string | undefined) => void;

  constructor(isOfProvider: (url: URL) => boolean) {
    this.#isOfProvider = isOfProvider;
    let settle: (url: string | undefined) => void = () => undefined;
    this.found = new Promise((resolve) => {
      settle = resolve;
    });
    this.#settle = settle;
  }

  add(text: string): void {
    if (this.#isFound || this.#text.length > textLimit) return;
    this.#text += text;
    clearTimeout(this.#timer);
    // the last one may go on in the next piece
    const complete = urlsIn(this.#text.slice(0, this.#text.search(/\S*$/)));
    const wanted = complete.find((url) => this.#isOfProvider(new URL(url)));
    if (wanted !== undefined) {
      this.#end(wanted);
      return;
    }
    if (urlsIn(this.#text).length > 0) {
      this.#timer = setTimeout(() => {
        this.end();
      }, quietMs);
    }
  }

  /** The text is at its end. */
  end(): void {
    const found = urlsIn(this.#text);
    this.#end(found.find((url) => this.#isOfProvider(new URL(url))) ?? found[0]);
  }

  #end(url: string | undefined): void {
    clearTimeout(this.#timer);
    this.#isFound = true;
    this.#settle(url);
  }
}

/** The URLs of a text, without the signs of a sentence that follow them. */
const urlsIn = (text: string): string[] =>
  [...text.matchAll(urls)].map(([url]) => url.replace(/[.,;:!)\]]+$/, '')).filter((url) => URL.canParse(url));
