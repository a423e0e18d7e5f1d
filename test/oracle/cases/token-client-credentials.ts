import { CaseGroup } from '../case.js';
import { credentials } from '../wire.js';
import { app } from '../requests.js';
import type { Parameters } from '../wire.js';

const group = new CaseGroup();
const { add, one } = group;

/** The grant client_credentials and its scope. */
export const tokenClientCredentialsCases = group.cases;

const scopes: Readonly<Record<string, Parameters>> = {
  two: { scope: 'files.general.read sign_tasks.general.read' },
  embedded_signing: { scope: 'embedded_signing' },
  unknown: { scope: 'unheard.of' },
  'one known, one unknown': { scope: 'files.general.read unheard.of' },
  'blanks around': { scope: ' files.general.read ' },
  twice: { scope: 'files.general.read files.general.read' },
  'with a comma': { scope: 'files.general.read,sign_tasks.general.read' },
  'with a tab': { scope: 'files.general.read\tsign_tasks.general.read' },
  'in capitals': { scope: 'Files.General.Read' },
  unicode: { scope: 'fïles' },
  quoted: { scope: '"files.general.read"' },
};
for (const [name, params] of Object.entries(scopes)) {
  one(`token/client_credentials/scope ${name}`, (server) =>
    server.token({ grant_type: 'client_credentials', ...app, ...params }),
  );
}
one('token/client_credentials/narrow client, scope not its own', (server) =>
  server.token({ grant_type: 'client_credentials', scope: 'files.general.write', ...credentials('narrow') }),
);
add('token/client_credentials/token at the API', async (server, observe) => {
  const { access_token } = await server.clientToken();
  observe(
    'list',
    await server.send({ path: '/v1/sign_tasks/list', headers: { authorization: `Bearer ${access_token}` } }),
    { only: ['status'] },
  );
});
add('token/client_credentials/twice: the first token stays', async (server, observe) => {
  const first = await server.clientToken();
  const second = await server.clientToken();
  observe.fact('differ', first.access_token !== second.access_token);
  observe.fact('first', await server.peek(first.access_token));
});
