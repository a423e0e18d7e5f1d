import { escapeBidi } from '../../input/printable.js';

/** Maximum number of notes about the parameters of a request. */
const maxNotes = 10;
/** Maximum length of a parameter's name in a note, in characters. */
const maxName = 60;

/** Notes for the journal about how parameters were read. Values stay out of them: they can be secrets. */
export class Notes {
  readonly #all: string[] = [];
  #more = 0;

  /** Adds a sentence about a parameter, once: `"foo" was sent 2 times; the last value counts`. */
  add(name: string, sentence: string): void {
    this.about(`${JSON.stringify(name.length > maxName ? `${name.slice(0, maxName)}…` : name)} ${sentence}`);
  }

  /** Adds a sentence about the request. */
  about(text: string): void {
    const sentence = escapeBidi(text);
    if (this.#all.includes(sentence)) return;
    if (this.#all.length < maxNotes) this.#all.push(sentence);
    else this.#more += 1;
  }

  /** Moves the notes to a journal entry. */
  moveTo(notes: string[]): void {
    if (this.#all.length === 0) return;
    notes.push(...this.#all);
    if (this.#more > 0) notes.push(`and ${this.#more} more of this kind`);
    this.#all.length = 0;
    this.#more = 0;
  }
}
