import { idTokenParameters } from './id-token.js';
import type { Provider } from '../provider.js';
import type { ProviderDocument } from './schema/document.js';

/** The parameters that a document names, in the members of a provider. */
export function parametersOf({ parameters = {}, answers = {} }: ProviderDocument, like: Provider): Partial<Provider> {
  const { names, grantTypes, token, refresh } = parameters;
  const hasIdTokens = answers.idToken !== undefined || like.idTokens !== undefined;
  const authorize = hasIdTokens
    ? { ...idTokenParameters, ...(parameters.authorize ?? like.authorizeParameters) }
    : parameters.authorize;
  return {
    ...(names === undefined ? {} : { parameterNames: names }),
    ...(grantTypes === undefined ? {} : { grantWords: new Map(Object.entries(grantTypes)) }),
    ...(authorize === undefined ? {} : { authorizeParameters: authorize }),
    ...(token === undefined ? {} : { tokenParameters: token }),
    ...(refresh === undefined ? {} : { refreshParameters: refresh }),
  };
}
