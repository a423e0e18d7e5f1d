import { Ajv2020 } from 'ajv/dist/2020.js';
import { isBoundedDuration, isWait } from './duration.js';
import { mistakeOf } from './error-message.js';
import { isInstant } from './instant.js';
import { firstMistakes } from './mistake.js';
import { relevantErrors } from './relevant-errors.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { TSchema } from 'typebox';
import type { Formats } from './error-message.js';
import type { Mistake } from './mistake.js';

/**
 * Checks a document against a schema. Returns all mistakes, or the first hundred (`firstMistakes`); an empty list means
 * that the document has the schema's type.
 */
export type Check = (schema: TSchema, value: unknown) => Mistake[];

/** Number of errors at which the validator stops. One mistake can be several errors: one for each part of a union. */
const errorLimit = 500;

/**
 * Makes a compiled validator throw its errors at `errorLimit`. With `allErrors` it has no limit of its own: a document
 * of 8 MiB can have a million errors, which take gigabytes.
 */
const stopAtLimit = (code: string): string =>
  code.replaceAll(/(?<=vErrors\.push\((err\d+)\);\s*\})/g, `if(vErrors.length>=${errorLimit})throw vErrors;`);

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
    // tests check the schemas of this package. Here the first call would compile the schema of schemas, the largest
    validateSchema: false,
    // without a warning for a format that only describes, such as the date-time of an answer
    logger: false,
    code: { process: stopAtLimit },
    formats: { instant: isInstant, 'bounded-duration': isBoundedDuration, wait: isWait, ...predicates(formats) },
  });
  const compiled = new WeakMap<TSchema, ValidateFunction>();
  return (schema, value) => {
    const validate = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, validate);
    const errors = errorsOf(validate, value);
    return firstMistakes(distinct(relevantErrors(errors).map((error) => mistakeOf(error, formats))));
  };
}

/** The errors of a value; the first `errorLimit` if there are more. */
function errorsOf(validate: ValidateFunction, value: unknown): readonly ErrorObject[] {
  try {
    return validate(value) ? [] : (validate.errors as ErrorObject[]);
  } catch (thrown) {
    if (!Array.isArray(thrown)) throw thrown;
    // the validator completes the newest errors later: they have no path yet
    return (thrown as Partial<ErrorObject>[]).filter((error): error is ErrorObject => error.schemaPath !== undefined);
  }
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
