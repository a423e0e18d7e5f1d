import { Ajv2020 } from 'ajv/dist/2020.js';
import { isBoundedDuration, isWait } from './duration.js';
import { mistakeOf } from './error-message.js';
import { isInstant } from './instant.js';
import { relevantErrors } from './relevant-errors.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { TSchema } from 'typebox';
import type { Formats } from './error-message.js';
import type { Mistake } from './mistake.js';

/**
 * Checks a document against a schema. Returns all mistakes; an empty list means that the document has the schema's
 * type.
 */
export type Check = (schema: TSchema, value: unknown) => Mistake[];

/** Maximum number of errors that are turned into mistakes. */
const errorLimit = 500;

/**
 * Makes a check that knows these formats in addition to `instant`, `bounded-duration` and `wait`. A schema is compiled
 * when it is first used.
 */
export function makeCheck(formats: Formats): Check {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    verbose: true,
    discriminator: true,
    formats: { instant: isInstant, 'bounded-duration': isBoundedDuration, wait: isWait, ...predicates(formats) },
  });
  const compiled = new WeakMap<TSchema, ValidateFunction>();
  return (schema, value) => {
    const validate = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, validate);
    if (validate(value)) return [];
    const errors = (validate.errors as ErrorObject[]).slice(0, errorLimit);
    return distinct(relevantErrors(errors).map((error) => mistakeOf(error, formats)));
  };
}

/** The formats as the validator wants them: functions that return whether a text is valid. */
function predicates(formats: Formats): Record<string, (text: string) => boolean> {
  return Object.fromEntries(
    Object.entries(formats).map(([name, { mistake }]) => [name, (text: string) => mistake(text) === undefined]),
  );
}

/** Removes duplicates: several alternatives of a union can report the same mistake. */
function distinct(mistakes: readonly Mistake[]): Mistake[] {
  return [...new Map(mistakes.map((mistake) => [JSON.stringify([mistake.path, mistake.message]), mistake])).values()];
}
