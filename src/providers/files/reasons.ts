import { isReason, reasons as all } from '../../core/errors.js';
import { suggest } from '../../input/did-you-mean.js';
import { readTemplate } from './body.js';
import { contextOf } from './template.js';
import type { AnyFacts, Reason } from '../../core/errors.js';
import type { ProviderRow } from '../provider.js';
import type { Reader } from './body.js';
import type { ProviderDocument } from './schema/document.js';

type Rows = NonNullable<NonNullable<ProviderDocument['errors']>['reasons']>;

/** Reads the rows of the error table that differ. */
export function readReasons(rows: Rows, reader: Reader): Partial<Record<Reason, ProviderRow>> {
  const read: Partial<Record<Reason, ProviderRow>> = {};
  for (const [reason, { description, ...row }] of Object.entries(rows)) {
    const path = `errors.reasons.${reason}`;
    if (!isReason(reason)) {
      reader.mistake(path, `is not a reason in the error table${hintFor(reason)}`);
      continue;
    }
    read[reason] = {
      ...row,
      ...(description === undefined ? {} : { description: described(description, path, reader) }),
    };
  }
  return read;
}

/** The reason that has the same words in another order, or else the nearest. */
function hintFor(reason: string): string {
  const known = Object.keys(all);
  const same = known.find((each) => wordsOf(each) === wordsOf(reason));
  return same === undefined ? suggest(reason, known) : `; did you mean ${JSON.stringify(same)}?`;
}

const wordsOf = (reason: string): string => reason.split(/[.-]/).sort().join(' ');

function described(text: string, path: string, reader: Reader): string | ((facts: AnyFacts) => string) {
  const part = readTemplate(text, `${path}.description`, reader);
  return text.includes('{') ? (facts) => textOf(part(contextOf({ facts }))) : text;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));
