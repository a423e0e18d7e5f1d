import { isReason, reasons as all } from '../../core/errors.js';
import { didYouMean, nearestFew } from '../../input/did-you-mean.js';
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

/** The reason that has the same words in another order, or the nearest; or else some that are like it. */
function hintFor(reason: string): string {
  const known = Object.keys(all);
  const same = known.find((each) => wordsOf(each) === wordsOf(reason));
  if (same !== undefined) return `; did you mean ${JSON.stringify(same)}?`;
  const [family = ''] = reason.split('.', 1);
  const ofFamily = known.filter((each) => each.startsWith(`${family}.`));
  const some = ofFamily.length > 0 ? ofFamily : nearestFew(reason, known);
  return didYouMean(reason, known) || `; some are ${some.join(', ')}: docs/providers/standard.md lists all`;
}

const wordsOf = (reason: string): string => reason.split(/[.-]/).sort().join(' ');

function described(text: string, path: string, reader: Reader): string | ((facts: AnyFacts) => string) {
  const part = readTemplate(text, `${path}.description`, reader);
  return text.includes('{') ? (facts) => textOf(part(contextOf({ facts }))) : text;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));
