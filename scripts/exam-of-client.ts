import { start } from '../src/client/index.js';
import { clientOfUrls } from '../src/exam/client-of-urls.js';
import { ExaminedProvider } from '../src/exam/examined-provider.js';
import { runExam } from '../src/exam/run-exam.js';
import { ExamApplication } from './exam-application.js';
import type { ProviderName } from '../src/client/index.js';
import type { Check } from '../src/exam/check.js';
import type { ExamResult } from '../src/exam/result.js';
import type { ExamClient, Runner } from './exam-clients.js';

/**
 * Examines the application of one library at one provider, in a server of its own.
 *
 * @throws CannotExamine if its first flow does not work
 */
export async function examOfClient(
  client: ExamClient,
  runner: Runner,
  provider: string,
  checks: readonly Check[],
): Promise<ExamResult> {
  await using server = await start();
  const world = server.world();
  const { conventions, paths, baseUrl } = new ExaminedProvider(await world.providers.describe(provider)).info;
  const { authorizeUrl, tokenUrl, apiUrl } = (await world.info()).providers[provider as ProviderName];
  const own = { id: 'understudy-client', secret: 'understudy-secret' };
  const named = (values: Readonly<Record<string, string>>): Record<string, string> =>
    Object.fromEntries(
      Object.entries(values).map(([name, text]) => [`UNDERSTUDY_${provider.toUpperCase()}_${name}`, text]),
    );
  const credentials = ({ id, secret }: typeof own): Record<string, string> =>
    named({ CLIENT_ID: id, CLIENT_SECRET: secret });
  const application = await ExamApplication.on(runner, () => ({
    EXAM_PROVIDER: provider,
    EXAM_API_PATH: conventions.apiPath,
    ...(paths.revoke.length === 0 ? {} : { EXAM_REVOKE_URL: baseUrl + String(paths.revoke[0]) }),
    ...named({ BASE_URL: baseUrl, AUTHORIZE_URL: authorizeUrl, TOKEN_URL: tokenUrl, API_URL: apiUrl }),
    ...credentials(own),
  }));
  const redirectUris = [application.url + client.callback(provider)];
  await world.clients.update({ provider, id: own.id, redirectUris });
  const at = (path: string): { method: string; url: string } => ({ method: 'GET', url: application.url + path });
  try {
    await application.start();
    return await runExam({
      world,
      provider,
      checks,
      client: clientOfUrls({
        connect: at('/connect'),
        call: at('/call'),
        disconnect: at('/disconnect'),
        output: () => application.takeOutput(),
        useCredentials: async (other = { ...own, redirectUri: '' }) => {
          await application.stop();
          await application.start(credentials(other));
        },
      }),
    });
  } finally {
    await application.stop();
  }
}
