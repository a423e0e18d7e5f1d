import { OAuthError, refuse } from '../../core/errors.js';
import { TemplateError, compileTemplate, isTemplate, sentNull } from './template.js';
import type { Context } from 'liquidjs';

/** Where a text of a document is, and what is wrong with it. */
export type TellMistake = (path: string, message: string) => void;

/** A part of an answer with its templates read. Undefined: it has no value, and its member is left out. */
export type Part = (context: Context) => unknown;

/** Which variables a template may read. */
export type CheckReads = (path: string, reads: readonly string[]) => void;

/** Tells what is wrong with the templates of a document. */
export interface Reader {
  /** The name of the provider, for failures while it answers. */
  readonly provider: string;
  readonly mistake: TellMistake;
  readonly checkReads: CheckReads;
  /** Whether a further template is read. If not, why not was told. */
  readonly mayRead: (path: string) => boolean;
}

/** Compiles a text of a document. Undefined: it cannot be used, and the mistake is told. */
export function compiled<T extends { readonly reads: readonly string[] }>(
  compile: (text: string) => T,
  text: string,
  path: string,
  reader: Reader,
): T | undefined {
  if (!reader.mayRead(path)) return undefined;
  try {
    const made = compile(text);
    reader.checkReads(path, made.reads);
    return made;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    reader.mistake(path, error.message);
    return undefined;
  }
}

/** Reads a text as a template. A mistake is told, and the text then has no value. */
export function readTemplate(text: string, path: string, reader: Reader): Part {
  if (!isTemplate(text)) return () => text;
  const template = compiled(compileTemplate, text, path, reader);
  return template === undefined ? () => undefined : placed(template.value, path, reader);
}

/**
 * Tells where in a file something failed while its provider answered. What has told its place already is left alone.
 *
 * @returns the same function; it throws server.failed
 */
export function placed<T>(make: (context: Context) => T, path: string, { provider }: Reader): (context: Context) => T {
  return (context) => {
    try {
      return make(context);
    } catch (error) {
      if (error instanceof OAuthError) throw error;
      throw refuse('server.failed', { file: provider, path, detail: (error as Error).message });
    }
  };
}

/** Reads a value with templates in its texts. What has none is made once. */
export function readBody(value: unknown, path: string, reader: Reader): Part {
  tellUnwritable(value, path, reader.mistake);
  return readPart(value, path, reader);
}

/** Tells names of members that are templates, which are not read, and numbers that JSON cannot write (RFC 8259 §6). */
function tellUnwritable(value: unknown, path: string, tell: TellMistake): void {
  if (typeof value === 'number' && !Number.isFinite(value)) tell(path, `${value} is no number of JSON`);
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const at = `${path}.${name}`;
    if (isTemplate(name)) tell(path, `the name of the member ${JSON.stringify(name)} cannot be a template`);
    else tellUnwritable(member, at, tell);
  }
}

function readPart(value: unknown, path: string, reader: Reader): Part {
  if (typeof value === 'string') return readTemplate(value, path, reader);
  if (typeof value !== 'object' || value === null) return () => value;
  if (!hasTemplate(value)) return () => value;
  if (Array.isArray(value)) {
    const items = value.map((item, i) => readPart(item, `${path}.${i}`, reader));
    return (context) => items.map((item) => sent(item(context)) ?? null);
  }
  const members = Object.entries(value).map(
    ([name, member]) => [name, readPart(member, `${path}.${name}`, reader)] as const,
  );
  return (context) => {
    const made: Record<string, unknown> = {};
    for (const [name, member] of members) {
      const found = member(context);
      if (found === undefined || (found === null && isTemplateText(value, name))) continue;
      // a member named __proto__ would set the prototype
      Object.defineProperty(made, name, { value: sent(found), enumerable: true, configurable: true, writable: true });
    }
    return made;
  };
}

const sent = (value: unknown): unknown => (value === sentNull ? null : value);

/** Liquid has null for what is missing; null in the document itself is sent. */
const isTemplateText = (object: object, name: string): boolean =>
  typeof (object as Readonly<Record<string, unknown>>)[name] === 'string';

function hasTemplate(value: unknown): boolean {
  if (typeof value === 'string') return isTemplate(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasTemplate);
}
