import { isSecretName } from '../../input/secret-names.js';
import { formDecode } from './url-text.js';

/*
 * Patterns for unparsed text. Each pattern has no unbounded backtracking, so the time is linear in the length of the
 * text.
 */
/** `name=value` of a form or a query. */
const formMember = /(?<![A-Za-z_-])([A-Za-z_-]+)=([^&\s"'<>;]+)/g;
/** `"name": "value"` of JSON. */
const jsonMember = /"([A-Za-z_-]{1,100})"(\s{0,100}:\s{0,100}")((?:[^"\\]|\\.)*)/g;
/** A field of an HTML form. */
const htmlField = /(<input [^<>]{0,100}\bname="([^"<>]{0,100})" [^<>]{0,100}\bvalue=")([^"]*)/g;
/** An element that a page marks as a secret. */
const markedElement = /(<[a-z]+ data-secret>)([^<]*)/g;

/** Replaces secrets that have a name in the text: members of forms and JSON, form fields, marked elements. */
export function replaceNamedSecrets(text: string, replace: (secret: string) => string): string {
  return text
    .replaceAll(formMember, (whole, name: string, value: string) =>
      isSecretName(name) ? `${name}=${replace(formDecode(value) ?? value)}` : whole,
    )
    .replaceAll(jsonMember, (whole, name: string, between: string, value: string) =>
      isSecretName(name) ? `"${name}"${between}${replace(value)}` : whole,
    )
    .replaceAll(htmlField, (whole, before: string, name: string, value: string) =>
      isSecretName(name) ? before + replace(value) : whole,
    )
    .replaceAll(markedElement, (_whole, before: string, value: string) => before + replace(value));
}
