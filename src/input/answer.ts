import { Type } from 'typebox';

/** An answer as the client will see it. */
export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
}
export const HeadersSchema = Type.Record(
  Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" }),
  Type.String({ pattern: '^[\\x20-\\x7e\\t]*$', maxLength: 4000 }),
  { maxProperties: 50, additionalProperties: false },
);
/** Lower-case names, as every header here has them. */
export function lowerCased<V>(headers: Readonly<Record<string, V>>): Record<string, V> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
/** What Node writes by itself, from the body: two that contradict each other would be no HTTP any more. */
const framing = ['content-length', 'transfer-encoding', 'trailer'];
/** What is wrong with the headers that a fault or a stub wants, in words. */
export function headersMistake(headers: Readonly<Record<string, unknown>> = {}): string | undefined {
  const name = Object.keys(lowerCased(headers)).find((each) => framing.includes(each));
  return name === undefined
    ? undefined
    : `headers may not have ${name}, which follows from the body; a body that is shorter than its Content-Length is the fault truncate`;
}
/** RFC 9110 §15.3.5, §15.3.6, §15.4.5 */
const bodiless = [204, 205, 304];
/** What is wrong with the body of an answer of this status, in words. */
export function bodyMistake(status: number, body: unknown): string | undefined {
  return bodiless.includes(status) && body !== undefined && body !== ''
    ? `an answer with the status ${status} has no body`
    : undefined;
}
/** The body of an answer that somebody wrote into a fault or a stub: text as it is, nothing as nothing, anything else as JSON. */
export function bodyText(body: unknown): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}
