import { refuse } from './errors.js';
import { namesInConditions } from './refresh-conditions.js';
import type { ParameterStep, ParameterValues } from './parameter-rules.js';
import type { Realm } from './realm.js';

/** Maximum number of parameters that are kept with a grant. */
const mostKept = 20;

/** Maximum length of the names and values that are kept with a grant, in characters. A realm keeps many grants. */
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

/**
 * The parameters that are kept with a grant. One that was left out would be missing in what is made of it later, such
 * as the nonce of an ID token, so a request that has too many, or too long ones, is refused.
 *
 * @throws authorize.parameters-too-long
 */
export function checkKept(values: ParameterValues): ParameterValues {
  const found = Object.entries(values);
  const lengths = found.map(([name, value]) => [name, name.length + value.length] as const);
  const length = lengths.reduce((sum, [, each]) => sum + each, 0);
  if (found.length <= mostKept && length <= maxKept) return values;
  const [longest] = [...lengths].sort(([, one], [, other]) => other - one)[0] as (typeof lengths)[number];
  throw refuse('authorize.parameters-too-long', { count: found.length, length, longest, mostKept, maxKept });
}
