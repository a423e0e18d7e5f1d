import { toYaml } from '../../writing/yaml.js';

/** A policy or a change of one: values by field. */
export type Values = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether two values of a policy mean the same: the order of a list has no meaning, and an empty row no effect. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    const members = new Set<unknown>(other);
    return one.length === other.length && one.every((each) => members.has(each));
  }
  if (isObject(one) && isObject(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...names].every((name) => isSame(one[name] ?? {}, other[name] ?? {}));
  }
  return one === other;
}

/** The fields whose value differs from the default, in the order of the policy, with their values. */
export function changedFields(policy: Values, defaults: Values): Values {
  return Object.fromEntries(
    Object.entries(policy)
      .filter(([name, value]) => !isSame(value, defaults[name]))
      .map(([name, value]) => [name, withoutEmpty(value)]),
  );
}

/** Rows that change nothing are left out. */
const withoutEmpty = (value: unknown): unknown =>
  isObject(value) ? Object.fromEntries(Object.entries(value).filter(([, row]) => !isSame(row, {}))) : value;

/**
 * The value to send so that a field has its default again. The server adds rows to an object like `errors` and removes
 * none, so a row that the default does not have is sent without members.
 */
export function defaultToSend(value: unknown, standard: unknown): unknown {
  if (!isObject(value) || !isObject(standard) || !hasRowsAlone(value)) return standard;
  return { ...Object.fromEntries(Object.keys(value).map((name) => [name, {}])), ...standard };
}

const hasRowsAlone = (value: Values): boolean => Object.values(value).every(isObject);

/** What to send so that all changed fields have their defaults again. */
export const allDefaults = (policy: Values, defaults: Values): Values =>
  Object.fromEntries(
    Object.keys(changedFields(policy, defaults)).map((name) => [name, defaultToSend(policy[name], defaults[name])]),
  );

/** The changed fields as lines of a scenario. */
export const asScenario = (provider: string, changed: Values): string =>
  toYaml({ providers: { [provider]: { policy: changed } } });

/** The changed fields as the body of a call. */
export const asJson = (changed: Values): string => JSON.stringify(changed, null, 2);
