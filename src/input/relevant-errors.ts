import { nearest } from './did-you-mean.js';
import type { ErrorObject } from 'ajv/dist/2020.js';

/**
 * Drops the errors that only follow from others. When every alternative of a union fails, the validator reports all of
 * them; only the alternative that has the type of the value was meant. Its errors are kept, or, if it has none, the
 * error of the whole union.
 */
export function relevantErrors(all: readonly ErrorObject[]): ErrorObject[] {
  // "if" repeats the errors of the branch that it selected
  const errors = all.filter(({ keyword }) => keyword !== 'if');
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf');
  const wrongTypes = new Set(errors.filter(({ keyword }) => keyword === 'type').map(placeOf));
  const wrongTags = new Set(
    errors.filter(({ keyword }) => keyword === 'discriminator').map(({ instancePath }) => instancePath),
  );
  return errors.filter((error) => {
    // a value of the wrong type fails all other keywords of the same schema too
    if (error.keyword !== 'type' && wrongTypes.has(placeOf(error))) return false;
    if (error.keyword === 'anyOf') return !hasDetails(error, errors);
    // the discriminator error already lists the allowed values of the missing member
    if (error.keyword === 'required' && wrongTags.has(error.instancePath)) return false;
    if (error.keyword === 'required' && errors.some((other) => isMisspelt(other, error))) return false;
    return !unions.some((union) => isAboutWhole(error, union) && isInside(error, union));
  });
}

/** Whether the member that is missing is there under a misspelt name: one mistake, which that name's error tells. */
function isMisspelt({ keyword, instancePath, params, parentSchema }: ErrorObject, missing: ErrorObject): boolean {
  if (keyword !== 'additionalProperties' || instancePath !== missing.instancePath) return false;
  const { properties = {} } = parentSchema as { properties?: object };
  return nearest(String(params.additionalProperty), Object.keys(properties)) === missing.params.missingProperty;
}

/** The value, and the schema that an error's keyword belongs to: each item of a list has the same schema. */
const placeOf = ({ instancePath, schemaPath, keyword }: ErrorObject): string =>
  `${instancePath} ${schemaPath.slice(0, -keyword.length)}`;

/** Whether an error comes from an alternative of a union, or from a value inside the union's value. */
function isInside(error: ErrorObject, union: ErrorObject): boolean {
  return error.schemaPath.startsWith(`${union.schemaPath}/`) || error.instancePath.startsWith(`${union.instancePath}/`);
}

/** Whether an error says only that the union's value is not this alternative. */
const isAboutWhole = (error: ErrorObject, union: ErrorObject): boolean =>
  error.instancePath === union.instancePath && isPlain(error);

/** Keywords that say what kind of value is expected. A duration that is too long is not of another kind. */
const isPlain = ({ keyword, params }: ErrorObject): boolean =>
  ['type', 'const', 'enum', 'pattern', 'format'].includes(keyword) && params.format !== 'bounded-duration';

/** Whether the errors inside a union say more than that no alternative fits. */
function hasDetails(union: ErrorObject, errors: readonly ErrorObject[]): boolean {
  return errors.some((error) => error !== union && isInside(error, union) && !isAboutWhole(error, union));
}
