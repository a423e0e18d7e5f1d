import { draftOfRule, fieldsByPath, jsonOf, labelsOf, ruleOfDraft } from './rule-draft.js';
import type { CallMistake } from '../../api/api-error.js';
import type { FieldType, FormField, RuleForm } from './form-schema.js';
import type { RuleDraft } from './rule-draft.js';

/** A draft that a link fills. */
export interface LinkRule {
  readonly draft: RuleDraft;
  /** What the link has and the draft has not, or not with the same value. */
  readonly mistakes: readonly CallMistake[];
}

/** Types of values in words, where the name of the type says too little. */
const typeNames: Readonly<Partial<Record<FieldType, string>>> = {
  text: 'text without space at its ends',
  words: 'list of texts without commas',
  json: 'object',
};

/**
 * Fills a draft with the rule of a link. What the form would lose or change is a mistake: without it, the rule could
 * apply to more requests than the link says. What only the server can judge, such as a range, stays as it is.
 */
export function readLink(form: RuleForm, json: string): LinkRule {
  const rule = onceIfList(jsonOf(json));
  const draft = draftOfRule(form, rule);
  const fields = new Map(fieldsByPath(form, draft.steps));
  const known = [...new Set(['match', 'until', 'fault', ...Object.keys(labelsOf(form, draft))])];
  const lost = (given: unknown, kept: unknown, path: string): readonly CallMistake[] => {
    if (JSON.stringify(given) === JSON.stringify(kept)) return [];
    const field = fields.get(path);
    if (field !== undefined) return [{ path, message: `expected ${expectedBy(field)}` }];
    if (path !== '' && kept === undefined && path !== 'until') {
      const siblings = known.filter((each) => parentOf(each) === parentOf(path));
      return [{ path, message: `is unknown; expected one of: ${siblings.map(nameOf).join(', ')}` }];
    }
    if (!isObject(given) || !isObject(kept) || Array.isArray(given) !== Array.isArray(kept)) {
      return [{ path, message: 'expected an object with members' }];
    }
    // the field of the kind says that the kind is unknown, and with it all members are
    if (path.startsWith('fault') && 'kind' in kept && !form.kinds.some(({ kind }) => kind === kept.kind)) return [];
    return Object.keys(given).flatMap((name) => lost(given[name], kept[name], path === '' ? name : `${path}.${name}`));
  };
  const mistakes =
    rule === undefined
      ? [{ path: '', message: 'The rule is not JSON.' }]
      : lost(rule, ruleOfDraft(form, draft).rule, '');
  return { draft, mistakes };
}

const expectedBy = ({ type, choices }: FormField): string =>
  type === 'choice' ? `one of: ${choices.join(', ')}` : (typeNames[type] ?? type);

type Document = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Document => typeof value === 'object' && value !== null;

/** The form writes a list of one fault as the fault alone. A list applies once, a fault without `times` always. */
function onceIfList(rule: unknown): unknown {
  if (!isObject(rule) || !Array.isArray(rule.fault) || rule.fault.length !== 1) return rule;
  return { times: 1, ...rule, fault: (rule.fault as readonly unknown[])[0] };
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('.') + 1);
const nameOf = (path: string): string => path.slice(parentOf(path).length);
