import { isSecretHeader } from '../../input/secret-headers.js';
import { isSecretParameter } from './without-secrets.js';

/**
 * Why a template cannot read a part of the request: it may be a secret, and the template would write nothing.
 * Undefined: it can, or another variable is read.
 *
 * @param names the provider's own names of parameters, by those of RFC 6749
 */
export function whyUnreadable(read: string, names: Readonly<Record<string, string>> = {}): string | undefined {
  const [variable = '', ...path] = read.split('.');
  if (variable === 'headers') return mistakeInHeader(path.join('.'));
  if (!['parameters', 'query', 'body'].includes(variable)) return undefined;
  const secret = path.find(isSecretParameter(names));
  return secret === undefined ? undefined : `a template cannot read ${secret} of ${variable}, which may be a secret`;
}

function mistakeInHeader(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (isSecretHeader(lower)) return `a template cannot read the header ${lower}, which may have a secret`;
  return name === lower ? undefined : `names of headers are in lower case: headers["${lower}"]`;
}
