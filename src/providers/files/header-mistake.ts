import { isSecretHeader } from '../../input/secret-headers.js';

/** What is wrong with reading a header of the request. Undefined: nothing, or another variable is read. */
export function mistakeInHeader(read: string): string | undefined {
  const [, name] = /^headers\.(.+)$/.exec(read) ?? [];
  if (name === undefined) return undefined;
  const lower = name.toLowerCase();
  if (isSecretHeader(lower)) return `a template cannot read the header ${lower}, which may have a secret`;
  return name === lower ? undefined : `names of headers are in lower case: headers["${lower}"]`;
}
