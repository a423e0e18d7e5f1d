import { LineCounter, parseDocument } from 'yaml';
import { deepest, isTooDeep } from '../nesting.js';
import { mistakeLimit } from '../mistake.js';
import { offsetOf } from './path-offset.js';
import { duplicateKeys, excessError, jsonErrors, objectsAsNames, withQuotesHint } from './syntax-errors.js';
import type { Document } from 'yaml';
import type { Mistake } from '../mistake.js';
import type { PlacedMistake } from './files.js';
import type { TextError } from './syntax-errors.js';

/** Maximum number of aliases that a document may resolve. Nested aliases grow exponentially. */
const maxAliasCount = 100;

/** A file that is one document. `place` finds the position of a mistake in it. */
export interface ReadDocument {
  readonly value: unknown;
  readonly mistakes: readonly [];
  readonly place: (mistake: Mistake) => PlacedMistake;
}

/** A file that is no document, with all mistakes of its syntax. */
export interface BrokenDocument {
  readonly mistakes: readonly PlacedMistake[];
  readonly place?: undefined;
}

/** What a file is, for messages. */
export interface FileKind {
  /** What it is called: `a scenario file`. */
  readonly called: string;
  /** What to write if nothing is to be said: `{} for a scenario without members`. */
  readonly empty: string;
}

/**
 * Reads the text of a file. JSON is a subset of YAML and is read by the same parser, so that mistakes in both have a
 * line and a column.
 */
export function readDocument(text: string, file: string, kind: FileKind): ReadDocument | BrokenDocument {
  const lines = new LineCounter();
  const at = ({ offset, message }: TextError, path = ''): PlacedMistake => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), path, message };
  };

  const excess = excessError(text, lines);
  if (excess !== undefined) return { mistakes: [at(excess)] };
  const document = parseDocument(text, {
    prettyErrors: false,
    // `duplicateKeys` finds them in linear time
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: 'error',
  });
  const noJson = jsonErrors(text, file);
  // the parser of YAML would tell the same mistake in other words
  if (noJson.length > 0) return { mistakes: noJson.map((error) => at(error)) };
  const errors = [
    // a warning is about an unknown tag: its value would be taken as text
    ...[...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
      offset: pos[0],
      message:
        code === 'MULTIPLE_DOCS' ? `${kind.called} must contain one YAML document; a second one begins here` : message,
    })),
    ...duplicateKeys(document),
    ...objectsAsNames(document),
  ];
  if (document.contents === null) errors.push({ offset: 0, message: `the file is empty; write ${kind.empty}` });
  if (errors.length > 0) return { mistakes: firstErrors(withQuotesHint(errors, text)).map((error) => at(error)) };

  const value = toValue(document);
  if (value instanceof Error) return { mistakes: [at({ offset: 0, message: value.message })] };
  return {
    value,
    mistakes: [],
    place: (mistake) => at({ offset: offsetOf(document, mistake.path), message: mistake.message }, mistake.path),
  };
}

/** The first errors of a text. If there are more, the last one says so. */
function firstErrors(errors: readonly TextError[]): TextError[] {
  const next = errors[mistakeLimit];
  return next === undefined
    ? [...errors]
    : [...errors.slice(0, mistakeLimit), { offset: next.offset, message: 'has more mistakes, from here on' }];
}

/** The document as a value, or an error if it has too many aliases or is nested too deep. */
function toValue(document: Document): unknown {
  try {
    const value = document.toJS({ maxAliasCount }) as unknown;
    return isTooDeep(value) ? new Error(`is nested deeper than ${deepest} levels`) : value;
  } catch (error) {
    return error;
  }
}
