import { randomBytes } from 'node:crypto';
import { World } from '../client/index.js';
import { configOf, programDefaults } from '../config.js';
import { clientOfCommands } from '../exam/client-of-commands.js';
import { clientOfUrls } from '../exam/client-of-urls.js';
import { runExam } from '../exam/run-exam.js';
import { millisecondsOf } from '../input/duration.js';
import { Application } from '../run/application.js';
import { environmentOf } from '../run/environment-of.js';
import { makeFolder, removeFolder } from '../run/folder.js';
import { openServer } from '../server.js';
import { suggestProvider } from '../shelf.js';
import { UsageError } from '../config/option.js';
import { registeredId } from '../server/registered-clients.js';
import { withStarted } from './exam-client.js';
import { proxied } from './proxied.js';
import type { Environment } from '../config/option.js';
import type { ProgramConfig } from '../config.js';
import type { Check } from '../exam/check.js';
import type { Provider } from '../providers/provider.js';
import type { ClientUnderExam } from '../exam/client-under-exam.js';
import type { ExamResult } from '../exam/result.js';
import type { NotedClient } from './exam-client.js';
import type { ExamValues } from './exam-options.js';
import type { ExamPlan } from './exam-plan.js';
import type { ProgressDisplay } from './progress-display.js';
import type { Interruption } from './interruption.js';

/** What an exam of the command line is made with. */
export interface Conduct {
  readonly values: ExamValues;
  readonly plan: ExamPlan;
  readonly checks: readonly Check[];
  /** Why failures are expected, by id of the check. */
  readonly expected: ReadonlyMap<string, string>;
  readonly progress: ProgressDisplay;
  readonly interruption: Interruption;
  /** The environment of this program. */
  readonly env: Environment;
}

/** Hosts to which the application gets through the proxy: all but those of the providers. */
const pass = ['*'];

/**
 * Starts a server and, if the plan says so, the application; examines the client; ends both, whatever happens.
 *
 * @throws UsageError if the port is taken, there is no such provider, or the application does not start; CannotExamine
 *   if the first flow does not work
 */
export async function conductExam(conduct: Conduct): Promise<ExamResult> {
  const adminToken = randomBytes(24).toString('base64url');
  const server = await openServer(serverConfig(conduct, adminToken));
  const world = new World(server.url, 'default', adminToken);
  try {
    refuseUnknownProvider(conduct.plan.provider, server.worlds.providersIn('default'));
    if (!startsProcesses(conduct.plan)) return await examined(conduct, world, { client: clientOf(conduct, {}) });
    const folder = makeFolder();
    try {
      const { clientId } = conduct.values;
      const options = { server: proxied(server), adminToken, pass, clientId, env: conduct.env };
      return await withProcesses(conduct, world, await environmentOf(folder, options));
    } finally {
      removeFolder(folder);
    }
  } finally {
    await server.close();
  }
}

function refuseUnknownProvider(name: string, providers: readonly Provider[]): void {
  const known = providers.map((each) => each.name);
  if (known.includes(name)) return;
  throw new UsageError(`--provider: there is no provider ${JSON.stringify(name)}${suggestProvider(name, known)}`);
}

/** Whether the exam starts processes: they get the environment of `run`. */
const startsProcesses = ({ application, means }: ExamPlan): boolean => application !== undefined || 'commands' in means;

async function withProcesses(conduct: Conduct, world: World, env: Environment): Promise<ExamResult> {
  const { plan, values, progress, interruption } = conduct;
  const client = clientOf(conduct, env);
  if (plan.application === undefined) return examined(conduct, world, { client });
  const application = new Application({
    ...plan.application,
    env,
    tell: toldBy(conduct),
    signal: interruption.inOrder,
    atOnce: interruption.atOnce,
  });
  try {
    await application.start();
    return await examined(conduct, world, withStarted(client, plan.provider, application));
  } catch (error) {
    if (!values.showOutput) for (const line of application.lastLines) progress.tell(`  ${line}`);
    throw error;
  } finally {
    await application.end();
  }
}

function clientOf(conduct: Conduct, env: Environment): ClientUnderExam {
  const { plan, values, interruption } = conduct;
  if ('urls' in plan.means) return clientOfUrls(plan.means.urls);
  return clientOfCommands(plan.means.commands, {
    provider: plan.provider,
    env,
    timeoutMs: millisecondsOf(values.timeout),
    tell: toldBy(conduct),
    signal: interruption.inOrder,
    atOnce: interruption.atOnce,
  });
}

/** Shows lines that processes write, if they are to be shown. */
function toldBy({ values, progress }: Conduct): (line: string) => void {
  return (line) => {
    if (values.showOutput) progress.tell(line);
  };
}

async function examined(
  { values, plan, checks, expected, progress, interruption }: Conduct,
  world: World,
  { client, notes = () => [] }: Pick<NotedClient, 'client'> & Partial<NotedClient>,
): Promise<ExamResult> {
  const { seed, repeat, timeout } = values;
  const providers = Object.keys((await world.info()).providers).map((name) => ({ name }));
  const result = await runExam({
    world,
    provider: plan.provider,
    client,
    clientId: registeredId(values.clientId, plan.provider, providers),
    checks,
    expected,
    seed,
    repeat,
    timeoutMs: millisecondsOf(timeout),
    onProgress: progress.show,
    onNote: (note) => {
      progress.tell(`understudy: ${note}`);
    },
    signal: interruption.inOrder,
  });
  return { ...result, notes: [...result.notes, ...notes()] };
}

/** The environment of `run` needs HTTPS and the proxy. */
function serverConfig({ values, plan }: Conduct, adminToken: string): ProgramConfig {
  const { port, clientId, clientSecret, redirectUri, scenario, fixtures, providers, shelf, caDir, dataHome } = values;
  const own = { port, clientId, clientSecret, redirectUri, scenario, fixtures, providers, shelf, adminToken };
  const entrances = startsProcesses(plan) ? { tls: true, proxy: true, proxyPass: pass, caDir, dataHome } : {};
  return configOf({ ...own, ...entrances }, programDefaults);
}
