import { suggest } from '../../input/did-you-mean.js';
import { grantTypes } from '../../core/model.js';

/**
 * What is wrong with a grant type that no provider knows. A client may invent one, so the message says how to match it.
 * Undefined: providers know it.
 */
export function unknownGrantType(given: string | undefined): string | undefined {
  if (given === undefined || grantTypes.some((each) => each === given)) return undefined;
  return (
    `there is no grant type ${JSON.stringify(given)}${suggest(given, grantTypes)}` +
    ' (to match one that a client invents, use form: grant_type)'
  );
}
