import { randomBytes } from 'node:crypto';
import { World } from '../client/index.js';
import { configOf, programDefaults } from '../config.js';
import { runExam } from '../exam/run-exam.js';
import { millisecondsOf } from '../input/duration.js';
import { Application } from '../run/application.js';
import { environmentOf } from '../run/environment-of.js';
import { makeFolder, removeFolder } from '../run/folder.js';
import { openServer } from '../server.js';
import { plannedClient } from './exam-client.js';
import { proxied } from './proxied.js';
import type { Environment } from '../config/option.js';
import type { ProgramConfig } from '../config.js';
import type { Check } from '../exam/check.js';
import type { ExamResult } from '../exam/result.js';
import type { Server } from '../server.js';
import type { ExamValues } from './exam-options.js';
import type { ExamPlan } from './exam-plan.js';
import type { ExamProgress } from './exam-progress.js';
import type { Interruption } from './interruption.js';

/** What an exam of the command line is made with. */
export interface Conduct {
  readonly values: ExamValues;
  readonly plan: ExamPlan;
  readonly checks: readonly Check[];
  /** Why failures are expected, by id of the check. */
  readonly expected: ReadonlyMap<string, string>;
  readonly progress: ExamProgress;
  readonly interruption: Interruption;
  /** The environment of this program. */
  readonly env: Environment;
}

/** Hosts to which the application gets through the proxy: all but those of the providers. */
const pass = ['*'];

/**
 * Starts a server and, if the plan says so, the application; examines the client; ends both, whatever happens.
 *
 * @throws UsageError if the port is taken or the application does not start; CannotExamine if the first flow does not
 *   work
 */
export async function conductExam(conduct: Conduct): Promise<ExamResult> {
  const { plan } = conduct;
  const adminToken = randomBytes(24).toString('base64url');
  const server = await openServer(serverConfig(conduct, adminToken));
  try {
    return plan.application === undefined
      ? await examined(conduct, { server, adminToken, application: undefined })
      : await withApplication(conduct, { server, adminToken });
  } finally {
    await server.close();
  }
}

/** The server that the client is configured for. */
interface Served {
  readonly server: Server;
  readonly adminToken: string;
}

async function withApplication(conduct: Conduct, served: Served): Promise<ExamResult> {
  const { plan, values, progress, interruption, env } = conduct;
  const folder = makeFolder();
  const options = {
    server: proxied(served.server),
    adminToken: served.adminToken,
    pass,
    clientId: values.clientId,
    env,
  };
  const application = new Application({
    ...(plan.application as NonNullable<ExamPlan['application']>),
    env: await environmentOf(folder, options),
    tell: (line) => {
      if (values.showOutput) progress.tell(line);
    },
    signal: interruption.inOrder,
    atOnce: interruption.atOnce,
  });
  try {
    await application.start();
    return await examined(conduct, { ...served, application });
  } catch (error) {
    if (!values.showOutput) for (const line of application.lastLines) progress.tell(`  ${line}`);
    throw error;
  } finally {
    await application.end();
    removeFolder(folder);
  }
}

async function examined(
  { values, plan, checks, expected, progress, interruption }: Conduct,
  { server, adminToken, application }: Served & { readonly application: Application | undefined },
): Promise<ExamResult> {
  const { seed, repeat, timeout } = values;
  const { client, notes } = plannedClient(plan, application);
  const result = await runExam({
    world: new World(server.url, 'default', adminToken),
    provider: plan.provider,
    client,
    checks,
    expected,
    seed,
    repeat,
    timeoutMs: millisecondsOf(timeout),
    onProgress: progress.show,
    signal: interruption.inOrder,
  });
  return { ...result, notes: [...result.notes, ...notes()] };
}

/** An application that is started gets the environment of `run`, which needs HTTPS and the proxy. */
function serverConfig({ values, plan }: Conduct, adminToken: string): ProgramConfig {
  const { port, clientId, clientSecret, redirectUri, scenario, fixtures, caDir, dataHome } = values;
  const own = { port, clientId, clientSecret, redirectUri, scenario, fixtures, adminToken };
  const entrances = plan.application === undefined ? {} : { tls: true, proxy: true, proxyPass: pass, caDir, dataHome };
  return configOf({ ...own, ...entrances }, programDefaults);
}
