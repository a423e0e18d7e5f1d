import { readTemplates } from './callback.js';
import { signatureOf } from './signature.js';
import { circumstances, scopeVariables, variableNames } from './variables.js';
import type { Provider } from '../provider.js';
import type { Reader } from './body.js';
import type { IsSure } from './is-sure.js';
import type { ProviderDocument } from './schema/document.js';

/** Parameters that a redirect with a code has by the policy. */
const usualNames = ['code', 'token_type', 'expires_in', 'state', 'iss'];

/** The redirect with a code that a document has. Mistakes are told to the reader. */
export function redirectOf(
  { callback, sign }: Pick<NonNullable<ProviderDocument['answers']>, 'callback' | 'sign'>,
  like: Provider,
  reader: Reader,
  isSure: IsSure,
): Partial<Pick<Provider, 'redirectAnswer' | 'redirectNames' | 'signRedirect' | 'signatureName'>> {
  const names = callback === undefined ? (like.redirectNames ?? usualNames) : Object.keys(callback);
  const signature = sign?.parameter ?? like.signatureName;
  if (signature !== undefined && names.includes(signature) && (callback !== undefined || isSure('like'))) {
    const at = sign === undefined ? `answers.callback.${signature}` : 'answers.sign.parameter';
    reader.mistake(at, `${JSON.stringify(signature)} ${takenBy(sign !== undefined, callback !== undefined)}`);
  }
  return {
    ...(callback === undefined ? {} : { ...callbackOf(callback, reader, isSure), redirectNames: names }),
    ...(sign === undefined ? {} : { signRedirect: signatureOf(sign), signatureName: sign.parameter }),
  };
}

function takenBy(isOwnSign: boolean, isOwnCallback: boolean): string {
  if (!isOwnSign) return 'is the parameter that has the signature of the redirect';
  return isOwnCallback
    ? 'is also a parameter of answers.callback'
    : 'is a parameter that the redirect has already: choose another name for the signature';
}

function callbackOf(
  callback: Readonly<Record<string, string>>,
  reader: Reader,
  isSure: IsSure,
): Required<Pick<Provider, 'redirectAnswer'>> {
  // a template that cannot be read, or that reads what there is not, may be the one with the code
  let hasCode = !isSure('answers.callback');
  const write = readTemplates(callback, 'answers.callback', {
    ...reader,
    mistake(path, message) {
      hasCode = true;
      reader.mistake(path, message);
    },
    mayRead(path) {
      const may = reader.mayRead(path);
      hasCode ||= !may;
      return may;
    },
    checkReads(path, reads) {
      hasCode ||= reads.some((read) => read === 'code' || !variableNames.callback.includes(variableOf(read)));
      reader.checkReads(path, reads);
    },
  });
  if (!hasCode) {
    reader.mistake(
      'answers.callback',
      "nothing in it reads the variable code, so no client gets one: code: '{{ code }}'",
    );
  }
  return {
    redirectAnswer: (parameters, { code, answering }) =>
      write({ ...circumstances(answering, code.grant), ...scopeVariables(code.grant.scopes), ...parameters }),
  };
}

const variableOf = (read: string): string => read.split('.', 1)[0] as string;
