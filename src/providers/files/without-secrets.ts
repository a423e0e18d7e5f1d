import { isTooDeep } from '../../input/nesting.js';
import { isSecretName } from '../../input/secret-names.js';

/**
 * What a client sent, as templates may read it: without the members that are secrets, at any depth. A text alone may be
 * a secret, and a value that is nested too deep to be searched may have some: they are undefined.
 *
 * @param names the provider's own names of parameters, by those of RFC 6749: its `client_pass` is a secret, too
 */
export function withoutSecrets(sent: unknown, names: Readonly<Record<string, string>> = {}): unknown {
  if (typeof sent === 'string' || isTooDeep(sent)) return undefined;
  return cleaned(sent, isSecretParameter(names));
}

/** Tells whether a parameter is a secret: by the name of RFC 6749 for which it stands, or else by its own. */
export function isSecretParameter(names: Readonly<Record<string, string>>): (name: string) => boolean {
  const standards = new Map(Object.entries(names).map(([standard, own]) => [own, standard]));
  return (name) => isSecretName(standards.get(name) ?? name);
}

function cleaned(value: unknown, isSecret: (name: string) => boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => cleaned(each, isSecret));
  return Object.fromEntries(
    Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([name, member]) =>
      isSecret(name) ? [] : [[name, cleaned(member, isSecret)]],
    ),
  );
}
