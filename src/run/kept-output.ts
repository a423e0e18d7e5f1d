/** Maximum length of the output that is kept, in characters. */
const longest = 1_000_000;

/** The output of a program: the newest part, until it is taken. */
export class KeptOutput {
  #text = '';
  #unfinished = '';
  /** Complete lines that were written last, at most `lineLimit`. */
  #lines: string[] = [];
  readonly #lineLimit: number;
  readonly #tell: (line: string) => void;

  /** @param tell gets each line when it is complete */
  constructor(lineLimit: number, tell: (line: string) => void) {
    this.#lineLimit = lineLimit;
    this.#tell = tell;
  }

  add(text: string): void {
    this.#text = (this.#text + text).slice(-longest);
    const lines = (this.#unfinished + text).split(/\r?\n/);
    this.#unfinished = String(lines.pop()).slice(-longest);
    // slice(-0) would keep all of them
    this.#lines = this.#lineLimit === 0 ? [] : [...this.#lines, ...lines].slice(-this.#lineLimit);
    for (const line of lines) this.#tell(line);
  }

  /** What was written since the last call. */
  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  /** The last lines, also one without an end. */
  get lastLines(): readonly string[] {
    return [...this.#lines, this.#unfinished].filter((line) => line.trim() !== '');
  }
}
