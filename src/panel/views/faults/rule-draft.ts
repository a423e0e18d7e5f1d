import { numberOf } from '../../format.js';
import { defined } from '../../parts/defined.js';
import type { CallMistake } from '../../api/api-error.js';
import type { FormField, RuleForm } from './form-schema.js';

/** The texts of fields by the name of the member. A member without a text is left out of the document. */
export type Texts = Readonly<Record<string, string>>;

/** What a person has filled in. */
export interface RuleDraft {
  readonly match: Texts;
  readonly until: Texts;
  readonly limits: Texts;
  /** The faults, in the order in which they apply. The member `kind` names the kind. */
  readonly steps: readonly Texts[];
}

/** A draft as a document. */
export interface DraftRule {
  /** The rule. It may have mistakes that only the server can find. */
  readonly rule: Readonly<Record<string, unknown>>;
  /** Texts that are not JSON, though they have to be, and kinds that do not exist. */
  readonly mistakes: readonly CallMistake[];
}

type Document = Readonly<Record<string, unknown>>;

/** The path of a step in a document: the member `fault`, or one item of it. */
export const stepPath = (index: number, count: number): string => (count === 1 ? 'fault' : `fault.${index}`);

/** The label of the field that chooses the kind of a step. */
export const stepLabel = (index: number, count: number): string => (count === 1 ? 'Fault' : `Fault ${index + 1}`);

/** Writes a draft as a rule. */
export function ruleOfDraft(form: RuleForm, draft: RuleDraft): DraftRule {
  const mistakes: CallMistake[] = [];
  const read = (fields: readonly FormField[], texts: Texts, at: string): Record<string, unknown> => {
    const found: Record<string, unknown> = {};
    for (const field of fields) {
      const text = texts[field.name]?.trim() ?? '';
      if (text === '') continue;
      const value = valueOf(field, text);
      if (value === undefined) mistakes.push({ path: at + field.name, message: 'is not JSON' });
      else found[field.name] = value;
    }
    return found;
  };
  const { id, ...limits } = read(form.limits, draft.limits, '');
  const match = read(form.match, draft.match, 'match.');
  const until = read(form.until, draft.until, 'until.');
  const steps = draft.steps.map((texts, i) => {
    const path = stepPath(i, draft.steps.length);
    const found = form.kinds.find(({ kind }) => kind === texts.kind);
    if (found === undefined) mistakes.push({ path, message: 'expected one of the kinds in the list' });
    return { kind: texts.kind, ...read(found?.fields ?? [], texts, `${path}.`) };
  });
  return {
    rule: {
      ...defined({ id }),
      match,
      ...limits,
      ...defined({ until: Object.keys(until).length === 0 ? undefined : until }),
      fault: steps.length === 1 ? steps[0] : steps,
    },
    mistakes,
  };
}

/** The value of a text. Undefined: it has to be JSON, and is not. */
function valueOf({ type, choices }: FormField, text: string): unknown {
  switch (type) {
    case 'boolean':
      return text === 'true' || (text === 'false' ? false : text);
    case 'choice':
      return choices.find((choice) => String(choice) === text) ?? text;
    case 'number':
      return numberOf(text);
    case 'words':
      return text.split(',').map((word) => word.trim());
    case 'json':
      return jsonOf(text);
    case 'any':
      // null is a value too
      return jsonOf(text) === undefined ? text : jsonOf(text);
    default:
      return text;
  }
}

/** The value of a JSON text. Undefined: it is not JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Fills a draft with the members of a rule, without those that the form does not have. `readLink` names them. */
export function draftOfRule(form: RuleForm, rule: unknown): RuleDraft {
  const document = objectOf(rule);
  const first = { kind: form.kinds[0]?.kind ?? '' };
  const given = Array.isArray(document.fault) ? (document.fault as readonly unknown[]) : [document.fault];
  const steps = given.map((each) => {
    if (each === undefined) return first;
    const step = objectOf(each);
    const kind = typeof step.kind === 'string' ? step.kind : '';
    return { kind, ...textsOf(fieldsOf(form, kind), step) };
  });
  return {
    match: textsOf(form.match, objectOf(document.match)),
    until: textsOf(form.until, objectOf(document.until)),
    limits: textsOf(form.limits, document),
    steps: steps.length === 0 ? [first] : steps,
  };
}

const objectOf = (value: unknown): Document => (typeof value === 'object' && value !== null ? (value as Document) : {});

function textsOf(fields: readonly FormField[], document: Document): Texts {
  const texts: Record<string, string> = {};
  for (const field of fields) {
    const value = document[field.name];
    if (value !== undefined && (value !== null || field.type === 'any')) texts[field.name] = textOf(field, value);
  }
  return texts;
}

function textOf({ type }: FormField, value: unknown): string {
  if (type === 'words' && Array.isArray(value)) return value.join(', ');
  // text that looks like JSON would be read as JSON, and space at the ends would be cut off
  const isPlain =
    typeof value === 'string' && (type !== 'any' || (jsonOf(value) === undefined && value.trim() === value));
  return isPlain ? value : JSON.stringify(value);
}

/** The fields of a draft, each with the path of the member that it fills. */
export function fieldsByPath(form: RuleForm, steps: RuleDraft['steps']): readonly (readonly [string, FormField])[] {
  const at = (path: string, fields: readonly FormField[]): (readonly [string, FormField])[] =>
    fields.map((field) => [path + field.name, field]);
  return [
    ...at('match.', form.match),
    ...at('until.', form.until),
    ...at('', form.limits),
    ...steps.flatMap(({ kind }, i) => at(`${stepPath(i, steps.length)}.`, fieldsOf(form, kind))),
  ];
}

/** The label of each field by the path of the member that it fills. */
export const labelsOf = (form: RuleForm, { steps }: Pick<RuleDraft, 'steps'>): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...steps.flatMap((_, i) => {
      const path = stepPath(i, steps.length);
      return [path, `${path}.kind`].map((each) => [each, stepLabel(i, steps.length)] as const);
    }),
    ...fieldsByPath(form, steps).map(([path, { label }]) => [path, label] as const),
  ]);

const fieldsOf = ({ kinds }: RuleForm, wanted = ''): readonly FormField[] =>
  kinds.find(({ kind }) => kind === wanted)?.fields ?? [];
