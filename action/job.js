// What GitHub gives to a step of a job: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Thrown for what the author of the workflow can fix. Only its message is shown. */
export class Mistake extends Error {}

/** The value of an input, or an empty text. */
export const input = (name) => (process.env[`INPUT_${name.toUpperCase().replaceAll('-', '_')}`] ?? '').trim();

/** A folder for files of this job alone. GitHub empties RUNNER_TEMP before and after each job. */
export const folder = join(process.env.RUNNER_TEMP ?? tmpdir(), 'understudy');
mkdirSync(folder, { recursive: true });

/** Adds a line to a file that GitHub names in a variable. Outside of GitHub there is none. */
function add(variable, text) {
  const file = process.env[variable];
  if (file) appendFileSync(file, text);
}

function line(name, value) {
  if (/[\r\n]/.test(value)) throw new Mistake(`${name} has a line break, which no output can have`);
  return `${name}=${value}\n`;
}

/** Sets an output of the step. */
export const output = (name, value) => add('GITHUB_OUTPUT', line(name, value));

/** Sets a variable of the steps that follow. */
export const variable = (name, value) => add('GITHUB_ENV', line(name, value));

/** Hides a secret in the log of the job. */
export const hide = (secret) => console.log(`::add-mask::${secret}`);

/** GitHub refuses the summary of a step above 1 MiB. The rest is for the sentence that says so. */
const longestSummary = 1024 * 1024 - 1024;

/** Adds Markdown to the summary of the job. */
export function summarize(markdown) {
  const bytes = Buffer.from(`${markdown.trimEnd()}\n`);
  if (bytes.length <= longestSummary) return add('GITHUB_STEP_SUMMARY', bytes);
  const end = bytes.lastIndexOf('\n', longestSummary);
  const cut = bytes.subarray(0, end);
  add(
    'GITHUB_STEP_SUMMARY',
    `${cut}\n\n… The report is longer than a summary can be; the output \`markdown\` has it all.\n`,
  );
}

const stateFile = join(folder, 'server.json');

/** The server that an earlier step of this job started: how to reach, to ask and to stop it. `undefined` if there is none. */
export function startedServer() {
  return statSync(stateFile, { throwIfNoEntry: false }) && JSON.parse(readFileSync(stateFile, 'utf8'));
}

/** Remembers a server for later steps of this job. The file has its token. */
export const rememberServer = (server) => writeFileSync(stateFile, JSON.stringify(server), { mode: 0o600 });

export const forgetServer = () => rmSync(stateFile, { force: true });

/** Runs an entry. A mistake becomes an annotation of the job. */
export async function step(run) {
  try {
    process.exitCode = await run();
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    // an annotation has one line
    const [first, ...more] = error.message.split('\n');
    console.log([`::error title=Understudy::${first}`, ...more].join('\n'));
    process.exitCode = 1;
  }
}
