import { toYaml } from '../../parts/yaml.js';

/** A rule in the forms in which a test can use it. */
export interface RuleTexts {
  /** For a scenario file. */
  readonly yaml: string;
  /** For a terminal. */
  readonly curl: string;
  /** For a test that uses the package. */
  readonly call: string;
}

/**
 * Writes a rule for a file, a terminal and a test.
 *
 * @param worldUrl the URL of the world
 * @param hasToken whether the admin API needs the admin token. The token itself is not written
 */
export const ruleTexts = (rule: unknown, worldUrl: string, hasToken: boolean): RuleTexts => ({
  yaml: toYaml({ faults: [rule] }),
  curl: [
    `curl -X POST ${shellWord(`${worldUrl}/__admin/faults`)}`,
    "  -H 'content-type: application/json'",
    ...(hasToken ? ['  -H "authorization: Bearer $UNDERSTUDY_ADMIN_TOKEN"'] : []),
    `  -d ${shellWord(JSON.stringify(rule))}`,
  ].join(' \\\n'),
  call: `await world.faults.add(${literal(rule)});`,
});

/** A text as one word of a shell. */
const shellWord = (text: string): string => (/^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** The longest object on one line, in characters. */
const widest = 80;

/** A JSON value as JavaScript. */
export function literal(value: unknown, indent = ''): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const isList = Array.isArray(value);
  const [open, close] = isList ? (['[', ']'] as const) : (['{', '}'] as const);
  const parts = (deeper: string): string[] =>
    isList
      ? value.map((each) => literal(each, deeper))
      : Object.entries(value).map(([name, each]) => `${memberName(name)}: ${literal(each, deeper)}`);
  const short = parts(indent);
  if (short.length === 0) return open + close;
  const line = isList ? `[${short.join(', ')}]` : `{ ${short.join(', ')} }`;
  if (line.length + indent.length <= widest && !line.includes('\n')) return line;
  const deeper = `${indent}  `;
  return `${open}\n${parts(deeper)
    .map((part) => `${deeper}${part},\n`)
    .join('')}${indent}${close}`;
}

const memberName = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));

const quoted = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
