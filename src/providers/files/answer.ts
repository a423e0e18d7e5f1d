import { readHeaders } from './answer-headers.js';
import { compiled, placed, readBody } from './body.js';
import { TemplateError, compileCondition, contextOf, isTemplate, sentNull } from './template.js';
import type { Context } from 'liquidjs';
import type { WireAnswer } from '../provider.js';
import type { AnswerDocument } from './schema/answer.js';
import type { MadeHeaders } from './answer-headers.js';
import type { Reader } from './body.js';
import type { Variables } from './template.js';

/** Makes an answer. `status` is the one where the templates name none. */
export type AnswerTemplate = (variables: Variables, status: number) => WireAnswer;

/** Longest body of an answer, in characters. */
const bodyLimit = 1024 * 1024;

type Format = NonNullable<AnswerDocument['as']>;

const mediaTypes: Readonly<Record<Format, string>> = {
  json: 'application/json; charset=utf-8',
  form: 'application/x-www-form-urlencoded; charset=utf-8',
  text: 'text/plain; charset=utf-8',
};

/**
 * The media type of an answer without its cases, in lower case and without parameters. Undefined: a template makes it,
 * so that it is known when the answer is.
 */
export function mediaTypeOf({ headers = {}, as = 'json' }: AnswerDocument): string | undefined {
  const [, own] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  return own !== undefined && isTemplate(own) ? undefined : typeAlone(own ?? mediaTypes[as]);
}

/** A media type in lower case, without parameters. */
export const typeAlone = (contentType: string): string => (contentType.split(';', 1)[0] as string).trim().toLowerCase();

interface Written {
  readonly status: number | undefined;
  readonly headers: (context: Context) => MadeHeaders;
  /** Makes the text of the body. */
  readonly body: (context: Context) => string;
}

interface Case {
  readonly holds: (context: Context) => boolean;
  readonly answer: Written;
}

/** Reads the templates of an answer. Mistakes are told to the reader. */
export function readAnswer(document: AnswerDocument, path: string, reader: Reader): AnswerTemplate {
  const { cases = [], ...beside } = document;
  const usual = readWritten(beside, path, reader);
  const others = cases.map(({ when, ...own }, i) => {
    const at = `${path}.cases.${i}`;
    return {
      holds: readCondition(when, `${at}.when`, reader),
      answer: readWritten({ ...beside, ...own }, at, onlyOf(Object.keys(own), at, reader)),
    };
  });
  return (variables, status) => {
    const context = contextOf(variables);
    return write(others.find(({ holds }) => holds(context))?.answer ?? usual, context, status);
  };
}

/** Tells the mistakes of these members alone: those of the others are told where they stand. */
const onlyOf = (members: readonly string[], path: string, reader: Reader): Reader => {
  const { mistake, checkReads } = reader;
  const isOwn = (at: string): boolean => members.some((name) => `${at}.`.startsWith(`${path}.${name}.`));
  return {
    ...reader,
    mistake(at, message) {
      if (isOwn(at)) mistake(at, message);
    },
    checkReads(at, reads) {
      if (isOwn(at)) checkReads(at, reads);
    },
  };
};

/** Reads a condition. A mistake is told, and the condition then never holds. */
export function readCondition(when: string, path: string, reader: Reader): Case['holds'] {
  const condition = compiled(compileCondition, when, path, reader);
  return condition === undefined ? () => false : placed(condition.holds, path, reader);
}

function readWritten(
  { status, headers = {}, as = 'json', body }: AnswerDocument,
  path: string,
  reader: Reader,
): Written {
  tellUnsent({ status, as, body }, path, reader);
  const part = readBody(body, `${path}.body`, reader);
  return {
    status,
    headers: readHeaders(headers, { path: `${path}.headers`, usual: { 'content-type': mediaTypes[as] }, reader }),
    body: placed((context) => writeBody(part(context), as), `${path}.body`, reader),
  };
}

/** Tells what cannot be sent: a body beside a status that has none (RFC 9110 §6.4.1), or what a form cannot have. */
function tellUnsent(
  { status, as, body }: { readonly status: number | undefined; readonly as: Format; readonly body: unknown },
  path: string,
  { mistake }: Reader,
): void {
  if (body === undefined || body === null || body === '') return;
  if (status === 204 || status === 205 || status === 304) {
    mistake(`${path}.body`, `an answer with the status ${status} has no body`);
  }
  if (as !== 'form' || typeof body !== 'object') return;
  if (Array.isArray(body)) mistake(`${path}.body`, 'a form has names and values: an object is expected, not a list');
  else {
    for (const [name, member] of Object.entries(body)) {
      const isNested = typeof member === 'object' && member !== null;
      if (isNested) mistake(`${path}.body.${name}`, 'a form has texts: a list or an object cannot be a value');
    }
  }
}

function write({ status, headers, body }: Written, context: Context, usualStatus: number): WireAnswer {
  const { headers: sent, notes } = headers(context);
  const answer = { status: status ?? usualStatus, headers: sent, body: body(context) };
  return notes.length === 0 ? answer : { ...answer, notes };
}

function writeBody(value: unknown, as: Format): string {
  const text = bodyText(value, as);
  if (text.length > bodyLimit) throw new TemplateError(`the body has more than ${bodyLimit} characters`);
  return text;
}

function bodyText(value: unknown, as: Format): string {
  if (value === undefined || value === null) return '';
  if (value === sentNull) return 'null';
  if (as === 'json') return JSON.stringify(value);
  if (as === 'text' || typeof value !== 'object') return textOf(value);
  return new URLSearchParams(
    Object.entries(value).map(([name, member]): [string, string] => [name, textOf(member)]),
  ).toString();
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
