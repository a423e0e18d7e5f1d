import { escapeHtml } from '../../input/html-text.js';
import { formDecode } from './url-text.js';
import { escapeBidi } from '../../input/printable.js';

/**
 * The ways in which texts spell a secret: as it is, percent-encoded, as in a form, inside JSON, inside HTML. A lone
 * surrogate counts as U+FFFD, as in every encoder.
 */
export function spellingsOf(secret: string): string[] {
  const encoded = encodeURIComponent(secret.toWellFormed());
  return [
    ...new Set([
      secret,
      inJson(secret),
      // a sentence quotes it, and the sentence is in JSON
      inJson(inJson(secret)),
      inJson(escapeBidi(inJson(secret))),
      encoded,
      encoded.replaceAll('%20', '+'),
      encoded.replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
      String(new URLSearchParams([['', secret]])).slice(1),
      inJson(escapeHtml(secret)),
      inJson(escapeHtml(inJson(secret))),
      // a program has decoded it as a form
      inJson(formDecode(secret) ?? secret),
    ]),
  ];
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);
