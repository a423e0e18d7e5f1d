import { escapeHtml } from '../../../input/html-text.js';
import { printable } from '../../../input/printable.js';

/** HTML that was made by `markup`, and is not escaped again. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What a template may contain. Undefined writes nothing. */
export type Part = string | number | undefined | Markup | readonly Part[];

/** A template of HTML. Each text in it is escaped, its control characters too. */
export const markup = (strings: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  new Markup(String.raw({ raw: strings }, ...parts.map(written)));

function written(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Markup) return part.text;
  return typeof part === 'object' ? part.map(written).join('') : escapeHtml(printable(String(part)));
}

/** A text with at most a number of characters, so that no value of a client fills the page. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).toWellFormed()}… (${text.length} characters)`;
}
