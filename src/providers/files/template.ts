import { CaptureTag, Context, Liquid, Output, RawTag, TokenKind, Value, analyzeSync, toValueSync } from 'liquidjs';
import { quoted } from '../text.js';
import { htmlEscaped } from '../html-entities.js';
import {
  expressionsIn,
  hintForRefused,
  mistakeInCondition,
  mistakeInOrder,
  mistakeInSigns,
} from './condition-mistakes.js';
import type { Template } from 'liquidjs';

/** What a template can use. */
export type Variables = Readonly<Record<string, unknown>>;

/** A template that cannot be used. The message says why. */
export class TemplateError extends Error {}

/** Longest text of a template, in characters. */
const parseLimit = 20_000;

/** Memory of one answer's templates, in units of the library: about a character or a member of a list each. */
const memoryLimit = 500_000;

/** Time of one answer's templates, in milliseconds. They take microseconds, apart from pauses of a busy machine. */
const renderLimit = 1000;

/** Longest text that a template makes, in characters. A longer one is not copied: its length alone is looked at. */
const textLimit = 1024 * 1024;

/** Tags that read files, or keep what one rendering leaves for the next. */
const forbiddenTags = ['include', 'render', 'layout', 'block', 'echo', 'liquid', 'increment', 'decrement', 'cycle'];

/** Filters that read the real clock, or chance. */
const forbiddenFilters = [
  'date',
  'date_to_xmlschema',
  'date_to_rfc822',
  'date_to_string',
  'date_to_long_string',
  'sample',
  'inspect',
];

/** Takes the place of a value that is sent as `null`, while a missing value leaves its member out. */
export const sentNull = Symbol('null');

const engine = makeEngine();

function makeEngine(): Liquid {
  const liquid = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    keepOutputType: true,
    // there are no files to include
    templates: {},
    parseLimit,
    memoryLimit,
    renderLimit,
  });
  for (const tag of forbiddenTags) Reflect.deleteProperty(liquid.tags, tag);
  for (const filter of forbiddenFilters) Reflect.deleteProperty(liquid.filters, filter);
  liquid.registerFilter('or_null', (value: unknown) => value ?? sentNull);
  liquid.registerFilter('quoted', (value: unknown) => quoted(String(value)));
  liquid.registerFilter('html_entities', (value: unknown) => htmlEscaped(String(value)));
  liquid.registerFilter('iso', (milliseconds: unknown) => instantOf(milliseconds)?.toISOString());
  liquid.registerFilter('single_spaces', (value: unknown) => String(value).replaceAll(/ +/g, ' '));
  return liquid;
}

function instantOf(milliseconds: unknown): Date | undefined {
  const date = new Date(Number(milliseconds));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** The variables of one answer, with the limits that its templates share. */
export const contextOf = (variables: Variables): Context => new Context(variables, engine.options, { sync: true });

/** Whether a text has templates in it. */
export const isTemplate = (text: string): boolean => text.includes('{{') || text.includes('{%');

/** One variable alone, as most members of an answer are. */
const variableAlone = /^\{\{\s*([a-z_]+)(?:\.([A-Za-z_]\w*))?\s*\}\}$/;

/**
 * Reads the text of a template. A text that is one output alone keeps the type of its value. Of other texts, one that
 * comes out empty counts as missing.
 *
 * @throws TemplateError with what is wrong, and where in the text
 */
export function compileTemplate(text: string): {
  readonly reads: readonly string[];
  readonly value: (context: Context) => unknown;
} {
  if (!isTemplate(text)) return { reads: [], value: () => text };
  const alone = variableAlone.exec(text);
  const parsed = told(
    () => engine.parse(text),
    () => signsHint(text),
  );
  tellIgnored(expressionsIn(text));
  const reads = told(() => analyzed(parsed));
  if (alone !== null) {
    const [, name = '', member] = alone;
    return { reads, value: ({ environments }) => memberOf(environments, name, member) };
  }
  const isOutput = parsed.length === 1 && parsed[0] instanceof Output;
  return {
    reads,
    value(context) {
      const made = toValueSync(engine.renderer.renderTemplates(parsed, context)) as unknown;
      if (typeof made === 'string' && made.length > textLimit) {
        throw new TemplateError(`a template made more than ${textLimit} characters`);
      }
      return made === '' && !isOutput ? undefined : made;
    },
  };
}

/**
 * The texts of a template that are sent as they stand, after the library has trimmed them. Empty if the template cannot
 * be used. Not among them: what is kept in a variable first.
 */
export function fixedTexts(text: string): readonly string[] {
  if (!isTemplate(text)) return [text];
  try {
    return engine.parse(text).flatMap(fixedIn);
  } catch {
    return [];
  }
}

type TrimmedToken = Template['token'] & { getContent(): string };

function fixedIn(template: Template): readonly string[] {
  // the library exports no type of such tokens
  if (template.token.kind === TokenKind.HTML) return [(template.token as TrimmedToken).getContent()];
  if (template instanceof RawTag) return [template.render()];
  if (template instanceof CaptureTag || template.children === undefined) return [];
  return (toValueSync(template.children(false, true)) as readonly Template[]).flatMap(fixedIn);
}

/** A condition, as after `if`. */
export function compileCondition(text: string): {
  readonly reads: readonly string[];
  readonly holds: (context: Context) => boolean;
} {
  const asElsewhere = mistakeInCondition(text);
  if (asElsewhere !== undefined) throw new TemplateError(asElsewhere);
  const { reads, value } = told(
    () => ({ reads: analyzed(engine.parse(`{% if ${text} %}{% endif %}`)), value: new Value(text, engine) }),
    () => hintForRefused(text, (name) => Object.hasOwn(engine.filters, name)),
  );
  tellIgnored([text]);
  return { reads, holds: (context) => isTrue(toValueSync(value.value(context, true))) };
}

/** What is wrong with the signs of a template that the library refuses. Empty: not known. */
function signsHint(text: string): string {
  if (text.length > parseLimit) return '';
  const [first] = told(() => expressionsIn(text)).flatMap((each) => mistakeInSigns(each) ?? []);
  return first === undefined ? '' : `; ${first}`;
}

/** @throws TemplateError if the library takes an expression, and ignores a part of it */
function tellIgnored(expressions: readonly string[]): void {
  for (const each of expressions) {
    const message = mistakeInSigns(each) ?? mistakeInOrder(each);
    if (message !== undefined) throw new TemplateError(message);
  }
}

/** Liquid: only false and what is missing are not true. */
const isTrue = (value: unknown): boolean => value !== false && value !== undefined && value !== null;

function memberOf(variables: object, name: string, member: string | undefined): unknown {
  const value = ownMember(variables, name);
  return member === undefined ? value : ownMember(value, member);
}

function ownMember(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  const found = (value as Variables)[name];
  // as the library does: see requestVariables
  return typeof found === 'function' ? (found as () => unknown)() : found;
}

function analyzed(parsed: ReturnType<Liquid['parse']>): string[] {
  const { globals } = analyzeSync(parsed, { partials: false });
  return Object.values(globals).flatMap((found) => found.map(({ segments }) => namedSegments(segments).join('.')));
}

/** The segments before the first whose name is a variable itself: `path[query.of]` reads `path`. */
function namedSegments(segments: readonly unknown[]): readonly string[] {
  const end = segments.findIndex((each) => typeof each === 'object');
  return segments.slice(0, end === -1 ? undefined : end).map(String);
}

/** Errors of the library as one sentence. `hint` makes what is added to it. */
function told<T>(run: () => T, hint = (): string => ''): T {
  try {
    return run();
  } catch (error) {
    if ((error as Error).message.includes('call stack')) throw new TemplateError('is nested too deep');
    // the place is that of the text in its document
    throw new TemplateError(`${(error as Error).message.replace(/, line:\d+, col:\d+$/, '')}${hint()}`);
  }
}
