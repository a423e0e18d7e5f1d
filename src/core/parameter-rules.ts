/** What a provider asks of a parameter beyond those of RFC 6749. */
export interface ParameterRule {
  /** A request without it is refused. */
  readonly required?: boolean;
  /** The values that are accepted. Absent: any. */
  readonly values?: readonly string[];
  /** The value of a request without it. */
  readonly default?: string;
  /** What the value must match. Absent: anything. */
  readonly pattern?: RegExp;
}

/** Parameters of one step of a flow, by name. */
export type ParameterRules = Readonly<Record<string, ParameterRule>>;

/** The steps of a flow at which a provider can ask for parameters of its own. `token`: all grants but a refresh. */
export const parameterSteps = ['authorize', 'token', 'refresh'] as const;
/** A step of a flow at which a provider can ask for parameters of its own. */
export type ParameterStep = (typeof parameterSteps)[number];

/** The values of parameters, by name. */
export type ParameterValues = Readonly<Record<string, string>>;
