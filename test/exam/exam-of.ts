import { start } from '../../src/client/index.js';
import { ExaminedProvider } from '../../src/exam/examined-provider.js';
import { clientOfUrls } from '../../src/exam/client-of-urls.js';
import { runExam } from '../../src/exam/run-exam.js';
import { selectChecks } from '../../src/exam/select-checks.js';
import { CarefulApplication } from './careful/application.js';
import { settingsFor } from './careful/settings.js';
import type { World } from '../../src/client/index.js';
import type { ClientUnderExam } from '../../src/exam/client-under-exam.js';
import type { ExamSetup } from '../../src/exam/run-exam.js';
import type { ExamResult } from '../../src/exam/result.js';
import type { Selection } from '../../src/exam/select-checks.js';

/** How the careful application is examined. */
export interface ExamOptions extends Selection, Pick<ExamSetup, 'timeoutMs' | 'signal' | 'onProgress' | 'expected'> {
  /** The flaws that the application has. */
  readonly flaws?: readonly string[];
  readonly repeat?: number;
}

/** The URLs of the application as a client under exam, as `--command` gives it too. */
export function clientOf(application: CarefulApplication): ClientUnderExam {
  const get = (path: string) => ({ method: 'GET', url: application.url + path });
  return clientOfUrls({
    connect: get('/connect'),
    call: get('/call'),
    disconnect: get('/disconnect'),
    restart: () => application.restart(),
    output: () => application.log.join('\n'),
    useCredentials: (own = { id: 'understudy-client', secret: 'understudy-secret', redirectUri: '' }) => {
      application.useCredentials(own.id, own.secret);
      return Promise.resolve();
    },
  });
}

/** Examines the careful application at a provider, in a server of its own. */
export async function examOf(provider: string, options: ExamOptions = {}): Promise<ExamResult> {
  await using server = await start();
  return await examAt(server.world(), provider, options);
}

/** Examines the careful application in a world. */
export async function examAt(world: World, provider: string, options: ExamOptions): Promise<ExamResult> {
  const info = new ExaminedProvider(await world.providers.describe(provider));
  const application = new CarefulApplication(settingsFor(info), options.flaws);
  await application.start();
  try {
    const redirectUris = [application.redirectUri];
    await world.clients.update({ provider, id: 'understudy-client', redirectUris });
    const { flaws: _, ...rest } = options;
    return await runExam({ world, provider, client: clientOf(application), checks: selectChecks(options), ...rest });
  } finally {
    application.close();
  }
}
