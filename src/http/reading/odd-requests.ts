import { countHeaderLines } from '../header-lines.js';
import type { FastifyRequest } from 'fastify';
import type { JournalEntry } from '../../world/journal/entry.js';

type Noted = Pick<FastifyRequest, 'headers' | 'originalUrl' | 'body' | 'raw' | 'realm'> & {
  readonly entry: Pick<JournalEntry, 'notes'>;
};

/** The separator of an HTML text that was copied without decoding it: `a=1&amp;b=2`. */
const htmlSeparator = 'amp;';
const separatorNote = (place: string): string =>
  `the ${place} has &amp; between parameters, as in HTML: the names begin with "amp;" and are not recognized`;
const semicolonNote =
  'the query has &amp; between parameters, as in HTML: this provider reads them, because it separates parameters ' +
  'at a semicolon too, and most servers do not';

/** How gzip data begins (RFC 1952 §2.3.1), read as UTF-8: its second byte is no character. */
const gzipStart = '\u001f\ufffd';
const gzipNote =
  'the body is gzip data (it begins with the bytes 1f 8b) without a Content-Encoding; it is read as it stands, ' +
  'because compressed requests are not decompressed';

/** A single word. It may be the name of a file. */
const oneWord = /^@?[\w./\\:~-]{1,255}$/;
const fileNote =
  'the body is a single word without a value; if it is the name of a file, curl needs @ before it (-d @file), and ' +
  'reads no file with --data-raw';
const jsonNote = 'the body looks like JSON, and its Content-Type names another type';
const encodedNote = 'the body is percent-encoded as a whole, so that it has one name and no value';

/** Notes mistakes in the URL and the headers that hide parameters from every server. They are not refusals. */
export function noteMistakesInHead({ headers, originalUrl, entry, raw, realm }: Noted): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    entry.notes.push(
      `the body has the Content-Encoding ${JSON.stringify(encoding.slice(0, 50))}; it is read as it stands, because ` +
        'compressed requests are not decompressed',
    );
  }
  if (originalUrl.includes(`&${htmlSeparator}`)) {
    entry.notes.push(realm.policy.parameterSyntax === 'rack' ? semicolonNote : separatorNote('query'));
  }
  if (headers.authorization !== undefined) noteRepeatedAuthorization(raw, entry.notes);
}

function noteRepeatedAuthorization(raw: FastifyRequest['raw'], notes: string[]): void {
  const count = countHeaderLines(raw, 'authorization');
  if (count < 2) return;
  notes.push(
    `the request has ${count} Authorization headers; the first counts, and the others are dropped (RFC 9110 §5.3 ` +
      'allows one)',
  );
}

/** Notes mistakes in a body that hide its parameters. The body is not quoted: it may be a secret. */
export function noteMistakesInBody({ body, headers, entry }: Noted): void {
  if (body === undefined || body === null) return;
  const note = typeof body === 'string' ? mistakeInText(body) : mistakeInForm(Object(body) as object);
  if (note === undefined || (note === gzipNote && headers['content-encoding'] !== undefined)) return;
  entry.notes.push(note);
}

/** The likely mistake in a body that no parser reads. Undefined if there is none. */
export function mistakeInText(text: string): string | undefined {
  if (text.startsWith(gzipStart)) return gzipNote;
  if (oneWord.test(text.trim())) return fileNote;
  return /^\s*\{\s*"/.test(text) ? jsonNote : undefined;
}

function mistakeInForm(form: object): string | undefined {
  let names = 0;
  let first = '';
  for (const name in form) {
    if (name.startsWith(htmlSeparator)) return separatorNote('body');
    if (names === 0) first = name;
    if (first.startsWith(gzipStart)) return gzipNote;
    names += 1;
  }
  // a JSON text may contain the characters that separate parameters, so its beginning is the first name
  if (/^\s*\{\s*"/.test(first)) return jsonNote;
  if (names !== 1 || (form as Readonly<Record<string, unknown>>)[first] !== '') return undefined;
  if (/^[\w.-]+=./.test(first)) return encodedNote;
  return oneWord.test(first) ? fileNote : undefined;
}
