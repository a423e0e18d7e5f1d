import { readFileSync, readdirSync } from 'node:fs';
import { parse } from 'yaml';
import { commands } from '../../src/commands/index.js';
import { reasons } from '../../src/core/errors.js';
import { checks } from '../../src/exam/checks/index.js';
import { ruleIds } from '../../src/findings/rules/index.js';
import { providers } from '../../src/providers/index.js';

/** The commands with their flags and variables. Help texts are made from the same definitions. */
export async function commandLines(): Promise<string[]> {
  const definitions = await Promise.all([...commands.values()].map((load) => load()));
  return definitions.flatMap(({ name, argument, following, options }) => [
    `understudy ${[name, argument, following].filter((part) => part !== undefined).join(' ')}`,
    ...Object.values(options).flatMap(({ flag, env, value, allowed = [] }) => [
      ...(flag === undefined ? [] : [`understudy ${name} --${flag} ${value}`.trim()]),
      ...(flag === undefined ? [] : allowed.map((each) => `understudy ${name} --${flag} = ${each}`)),
      ...env.map((variable) => `understudy ${name} ${variable}`),
    ]),
  ]);
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: unknown }>>;
  readonly outputs?: object;
}

/** The inputs and outputs of the GitHub actions. Without a default, a user must give an input. */
function actionLines(): string[] {
  return ['action.yml', 'action/report/action.yml'].flatMap((file) => {
    const { inputs, outputs = {} } = parse(readFileSync(file, 'utf8')) as Action;
    const needed = Object.keys(inputs).filter((name) => inputs[name]?.default === undefined);
    return [
      `${file} needs ${needed.toSorted().join(' ')}`.trim(),
      ...Object.keys(inputs).map((name) => `${file} input ${name}`),
      ...Object.keys(outputs).map((name) => `${file} output ${name}`),
    ];
  });
}

/** Names that tests, scripts and reports mention. */
export function nameLines(): string[] {
  const scenarios = readdirSync('fixtures/scenarios', { recursive: true, encoding: 'utf8' });
  return [
    ...Object.keys(reasons).map((name) => `reason ${name}`),
    ...ruleIds.map((name) => `finding ${name}`),
    ...checks.map(({ id }) => `check ${id}`),
    ...providers.map(({ name }) => `provider ${name}`),
    ...scenarios.filter((file) => file.endsWith('.yaml')).map((file) => `scenario ${file.replace(/\.yaml$/, '')}`),
    ...actionLines(),
  ];
}
