import { Type } from 'typebox';

/** An HTTP answer as it is sent to the client. */
export interface Answer {
  readonly status: number;
  /** Names are lower case. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
}

/** What names of headers are, for messages. */
export const headerNames = {
  propertyNames: { description: "a name of a header: letters, digits and !#$%&'*+.^_`|~- (RFC 9110 §5.6.2)" },
};

/** Headers of a fault or a stub: tokens as names (RFC 9110 §5.6.2), visible ASCII as values. */
export const HeadersSchema = Type.Record(
  Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" }),
  Type.String({ pattern: '^[\\x20-\\x7e\\t]*$', maxLength: 4000 }),
  { maxProperties: 50, additionalProperties: false, ...headerNames },
);

/** Returns the headers with names in lower case. */
export function lowerCased<V>(headers: Readonly<Record<string, V>>): Record<string, V> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Headers that Node derives from the body. A second, different value would make the message invalid. */
const framingHeaders = ['content-length', 'transfer-encoding', 'trailer'];

/** What is wrong with the headers of a fault or a stub, or undefined. */
export function headersMistake(headers: Readonly<Record<string, unknown>> = {}): string | undefined {
  const name = Object.keys(lowerCased(headers)).find((each) => framingHeaders.includes(each));
  return name === undefined
    ? undefined
    : `headers may not have ${name}, which follows from the body; ` +
        'a body that is shorter than its Content-Length is the fault truncate';
}

/** Headers of one connection, which the server sends by itself (RFC 9110 §7.6.1, §10.1.4). */
const connectionHeaders = ['connection', 'keep-alive', 'proxy-connection', 'upgrade', 'te'];

/** Why a provider's answers cannot have a header, or undefined. */
export function headerMistake(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (framingHeaders.includes(lower)) return 'cannot be set: it follows from the body';
  return connectionHeaders.includes(lower) ? 'cannot be set: it belongs to the connection' : undefined;
}

/** Statuses without a body: RFC 9110 §15.3.5, §15.3.6, §15.4.5. */
const statusesWithoutBody = [204, 205, 304];

/** What is wrong with the body of an answer with this status, or undefined. */
export function bodyMistake(status: number, body: unknown): string | undefined {
  return statusesWithoutBody.includes(status) && body !== undefined && body !== ''
    ? `an answer with the status ${status} has no body`
    : undefined;
}

/** The body of a fault or a stub as text: strings unchanged, undefined as the empty body, anything else as JSON. */
export function bodyText(body: unknown): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}
