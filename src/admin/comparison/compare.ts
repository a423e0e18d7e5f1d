import { time } from '../../core/reasons/row.js';
import type { ComparisonView } from '../schemas/comparison.js';

/** One side of a comparison: values that are sent as they stand, or words about them. */
export type Side = ComparisonView['expected'];

/** Facts of a reason, by name. */
export type Facts = Readonly<Record<string, unknown>>;
/** Makes a comparison of the facts of a reason. */
export type Compare = (facts: Facts) => ComparisonView;

/** A value as text: text as it is, nothing as `none`, anything else as JSON. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? 'none' : JSON.stringify(value);

/** A point in virtual time, as the explanations write it. */
export const instant = (at: unknown): string => (typeof at === 'number' ? time(at) : textOf(at));

const list = (value: unknown): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value.map(textOf) : [textOf(value)];

/** The side of what was not sent. */
export const nothing: Side = { words: 'Nothing was sent' };
/** Values that are sent as they stand. */
export const values = (value: unknown): Side => ({ values: list(value) });
/** Words about what is or was sent. */
export const words = (text: string): Side => ({ words: text });
/** A fact that may be absent. */
const sent = (value: unknown): Side => (value === undefined ? nothing : values(value));

/** Values of which one was expected; without `received`, nothing was sent. */
export const oneOf =
  (what: string, expected: string, received?: string): Compare =>
  (facts) => ({
    what,
    expected: values(facts[expected]),
    received: received === undefined ? nothing : sent(facts[received]),
  });
/** Something that was not sent. */
export const missing =
  (what: string, expected: string): Compare =>
  () => ({ what, expected: words(expected), received: nothing });
/** A code or token that was sent too late. */
export const expired =
  (what: string): Compare =>
  ({ at, now }) => ({
    what,
    expected: words(`Sent before ${instant(at)}, when it expired`),
    received: words(`Sent at ${instant(now)}`),
  });
/** A token that was removed when it was sent after its expiry. */
export const removed =
  (what: string): Compare =>
  ({ at, removedAt }) => ({
    what,
    expected: words(`Sent before ${instant(at)}, when it expired`),
    received: words(`Sent again after ${instant(removedAt)}, when it was removed`),
  });
/** A code or token that was revoked. */
export const revoked =
  (what: string): Compare =>
  ({ at, because }) => ({
    what,
    expected: words(`${an(what)} that is valid`),
    received: words(`Revoked at ${instant(at)}: ${textOf(because)}`),
  });
/** A code or token that the provider does not know. */
export const unknown =
  (what: string, received: string): Compare =>
  ({ recognizedAs, [received]: value }) => ({
    what,
    expected: words(`${an(what)} that this provider issued`),
    received: recognizedAs === undefined ? values(value) : words(`It is ${textOf(recognizedAs)}`),
  });
/** A code or token of another client. */
export const otherClient: Compare = ({ ownerId, clientId }) => ({
  what: 'client',
  expected: values(ownerId),
  received: sent(clientId),
});
/** A secret that is not that of the client. */
export const wrongSecret: Compare = ({ clientId, method, recognizedAs }) => ({
  what: 'client secret',
  expected: words(`The secret of client ${textOf(clientId)}`),
  received: words(
    (recognizedAs === undefined ? 'Another secret' : `It is ${textOf(recognizedAs)}`) +
      (method === undefined ? '' : `, sent by ${textOf(method)}`),
  ),
});
/** A value of PKCE with a wrong length (RFC 7636 §4). */
export const wrongLength =
  (what: string): Compare =>
  ({ length }) => ({
    what,
    expected: words('43 to 128 characters of A–Z, a–z, 0–9 and -._~'),
    received: words(`${textOf(length)} characters`),
  });

const an = (what: string): string => (/^[aeiou]/.test(what) ? `An ${what}` : `A ${what}`);
