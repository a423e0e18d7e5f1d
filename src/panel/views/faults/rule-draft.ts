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
  /** Texts that are not JSON, though they have to be. */
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
  const steps = draft.steps.map((texts, i) => ({
    kind: texts.kind,
    ...read(fieldsOf(form, texts.kind), texts, `${stepPath(i, draft.steps.length)}.`),
  }));
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
      return text === 'true';
    case 'choice':
      return choices.find((choice) => String(choice) === text) ?? text;
    case 'number':
      return numberOf(text);
    case 'words':
      return text.split(',').map((word) => word.trim());
    case 'json':
      return jsonOf(text);
    case 'any':
      return jsonOf(text) ?? text;
    default:
      return text;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Fills a draft with the members of a rule. Members that the form does not have are left out. */
export function draftOfRule(form: RuleForm, rule: unknown): RuleDraft {
  const document = objectOf(rule);
  const given = Array.isArray(document.fault) ? (document.fault as readonly unknown[]) : [document.fault];
  const steps = given.map((each) => {
    const step = objectOf(each);
    const found = form.kinds.find(({ kind }) => kind === step.kind) ?? form.kinds[0];
    return { kind: found?.kind ?? '', ...textsOf(found?.fields ?? [], step) };
  });
  return {
    match: textsOf(form.match, objectOf(document.match)),
    until: textsOf(form.until, objectOf(document.until)),
    limits: textsOf(form.limits, document),
    steps: steps.length === 0 ? [{ kind: form.kinds[0]?.kind ?? '' }] : steps,
  };
}

const objectOf = (value: unknown): Document => (typeof value === 'object' && value !== null ? (value as Document) : {});

function textsOf(fields: readonly FormField[], document: Document): Texts {
  const texts: Record<string, string> = {};
  for (const field of fields) {
    const value = document[field.name];
    if (value !== undefined && value !== null) texts[field.name] = textOf(field, value);
  }
  return texts;
}

function textOf({ type }: FormField, value: unknown): string {
  if (type === 'words' && Array.isArray(value)) return value.join(', ');
  // text that looks like JSON would be read as JSON
  if (typeof value === 'string') return type === 'any' && jsonOf(value) !== undefined ? JSON.stringify(value) : value;
  return JSON.stringify(value);
}

/** The label of each field by the path of the member that it fills. */
export function labelsOf(form: RuleForm, { steps }: Pick<RuleDraft, 'steps'>): Readonly<Record<string, string>> {
  const named = (fields: readonly FormField[], at: string): (readonly [string, string])[] =>
    fields.map(({ name, label }) => [at + name, label]);
  const all: readonly (readonly [string, string])[] = [
    ...named(form.match, 'match.'),
    ...named(form.until, 'until.'),
    ...named(form.limits, ''),
    ...steps.flatMap(({ kind }, i): (readonly [string, string])[] => {
      const path = stepPath(i, steps.length);
      const label = stepLabel(i, steps.length);
      return [[path, label], [`${path}.kind`, label], ...named(fieldsOf(form, kind), `${path}.`)];
    }),
  ];
  return Object.fromEntries(all);
}

const fieldsOf = ({ kinds }: RuleForm, wanted = ''): readonly FormField[] =>
  kinds.find(({ kind }) => kind === wanted)?.fields ?? [];
