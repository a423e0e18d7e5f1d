import { refuse } from './errors.js';
import { namesInConditions } from './refresh-conditions.js';
import type { ParameterStep, ParameterValues } from './parameter-rules.js';
import type { Realm } from './realm.js';

/** Maximum number of parameters that are kept with a grant. */
const mostKept = 20;

/** Maximum length of the names and values that are kept with a grant, in characters. */
const maxKept = 2000;

/** The names of the parameters that are read at a step, beyond those of RFC 6749. */
export function ownParameterNames({ policy, parameters }: Realm, step: ParameterStep): readonly string[] {
  const names = Object.keys(parameters[step]);
  return step === 'authorize' ? [...new Set([...names, ...namesInConditions(policy.refreshTokenIssuedIf)])] : names;
}

/**
 * Checks the parameters that the provider lists for a step, and adds the values of those that have a default.
 *
 * @throws request.parameter-missing, request.parameter-unsupported
 */
export function checkParameters(
  { parameters }: Realm,
  step: ParameterStep,
  sent: ParameterValues = {},
): ParameterValues {
  const found: Record<string, string> = { ...sent };
  for (const [name, rule] of Object.entries(parameters[step])) {
    const value = Object.hasOwn(sent, name) ? sent[name] : rule.default;
    if (value === undefined) {
      if (rule.required === true) throw refuse('request.parameter-missing', { name, values: rule.values ?? [] });
      continue;
    }
    if (rule.values?.includes(value) === false || rule.pattern?.test(value) === false) {
      throw refuse('request.parameter-unsupported', {
        name,
        value,
        values: rule.values ?? [],
        pattern: rule.pattern?.source,
      });
    }
    found[name] = value;
  }
  return found;
}

/** The parameters that are kept with a grant: a request can have more, or longer ones, than a realm should hold. */
export function keptParameters(values: ParameterValues): ParameterValues {
  let left = maxKept;
  const kept = Object.entries(values)
    .slice(0, mostKept)
    .filter(([name, value]) => {
      const length = name.length + value.length;
      const fits = length <= left;
      if (fits) left -= length;
      return fits;
    });
  return Object.fromEntries(kept);
}
