import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { plainEnvironment } from '../programs.js';
import { repository } from '../tree-copy.js';

/** A composite action, as far as its steps are run here. */
export interface CompositeAction {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly {
      readonly id: string;
      readonly shell: string;
      readonly run: string;
      readonly env: Readonly<Record<string, string>>;
      readonly 'working-directory'?: string;
    }[];
  };
}

/** Reads an action by its path from the root of the repository. */
export const readAction = (path: string): CompositeAction =>
  parse(readFileSync(repository + path, 'utf8')) as CompositeAction;

/** What a step with an action did. */
export interface StepResult {
  readonly code: number;
  /** The log of the job. */
  readonly log: string;
  /** Outputs of the action, those that are empty left out. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** A job of GitHub Actions: its steps share variables, the summary and a temporary folder. */
export class Job {
  readonly #folder: string;
  #variables: Record<string, string> = {};

  /** `folder` is the workspace, and gets the files of the runner. */
  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(join(folder, 'temp'), { recursive: true });
    writeFileSync(this.#file('summary'), '');
  }

  /** The variables that steps set for those that follow. */
  get variables(): Readonly<Record<string, string>> {
    return this.#variables;
  }

  /** The summary of the job, in Markdown. */
  get summary(): string {
    return readFileSync(this.#file('summary'), 'utf8');
  }

  /** Runs the one step of an action as a runner does, with the values of `with`, and the variables of a step's `env`. */
  async use(path: string, given: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv = {}): Promise<StepResult> {
    const action = readAction(path);
    const unknown = Object.keys(given).filter((name) => !(name in action.inputs));
    if (unknown.length > 0) throw new Error(`${path} has no input ${unknown.join(', ')}`);
    const [step] = action.runs.steps;
    if (step === undefined) throw new Error(`${path} has no step`);
    const value = (text: string): string =>
      text.replaceAll(
        /\$\{\{ inputs\.([\w-]+) \}\}/g,
        (_, name: string) => given[name] ?? action.inputs[name]!.default!,
      );
    for (const name of ['output', 'environment']) writeFileSync(this.#file(name), '');
    const own = Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, value(text)]));
    const { code, log } = await this.#bash(value(step.run), value(step['working-directory'] ?? '.'), {
      ...own,
      ...env,
      GITHUB_ACTION_PATH: join(repository, dirname(path)),
      GITHUB_OUTPUT: this.#file('output'),
      GITHUB_ENV: this.#file('environment'),
      GITHUB_STEP_SUMMARY: this.#file('summary'),
      RUNNER_TEMP: join(this.#folder, 'temp'),
    });
    this.#variables = { ...this.#variables, ...this.#values('environment') };
    const set = this.#values('output');
    const outputs = Object.entries(action.outputs).flatMap(([name, output]) => {
      const [, id, member] = /^\$\{\{ steps\.([\w-]+)\.outputs\.([\w-]+) \}\}$/.exec(output.value) ?? [];
      return id === step.id && set[member!] !== undefined ? [[name, set[member!]!]] : [];
    });
    return { code, log, outputs: Object.fromEntries(outputs) as Record<string, string> };
  }

  #file(name: string): string {
    return join(this.#folder, `${name}.txt`);
  }

  #values(file: string): Record<string, string> {
    const lines = readFileSync(this.#file(file), 'utf8').split('\n').filter(Boolean);
    return Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  }

  /** Runs a script as GitHub does for `shell: bash`. */
  async #bash(script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<{ code: number; log: string }> {
    return new Promise((resolve) => {
      const options = { cwd: join(this.#folder, cwd), env: plainEnvironment({ ...this.#variables, ...env }) };
      const args = ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', script];
      const child = execFile('bash', args, options, (_, out, err) => {
        resolve({ code: child.exitCode ?? 1, log: out + err });
      });
    });
  }
}
