import { demoPerson } from '../../demo.js';
import { providers } from '../../providers/index.js';
import type { RealmDocument, Scenario } from './schema/scenario.js';

/** The secrets of the default scenario. They are public. */
export const builtIn = { secret: 'understudy-secret', password: demoPerson.password } as const;

const client = {
  id: 'understudy-client',
  secret: builtIn.secret,
  name: 'Understudy demo client',
  redirectUris: ['http://localhost:3000/callback', 'http://127.0.0.1:3000/callback'],
};

const user = (username: string, name: string): { id: string; username: string; password: string; name: string } => ({
  id: username,
  username,
  password: builtIn.password,
  name,
});

/** The users of the default scenario at each provider. */
export const defaultUsers = [user(demoPerson.username, 'Ada Lovelace'), user('grace@example.test', 'Grace Hopper')];

/** What the default scenario has at each provider. */
const demoRealm: RealmDocument = {
  policy: {},
  clients: [client],
  users: defaultUsers,
  resources: [],
};

/**
 * The scenario of the world `default`. It is code, so that the server starts without reading or parsing a file. `npm
 * run docs` writes fixtures/scenarios/default.yaml from it.
 */
export const defaultScenario: Scenario = {
  description:
    'One client and two users at every provider, and the documented behaviour. All other scenarios extend it.',
  providers: Object.fromEntries(providers.map(({ name }) => [name, demoRealm])),
};

/**
 * The content of a provider that a scenario does not name. A provider of a file has that of the default scenario, which
 * cannot know its name.
 */
export const unnamedRealm = (provider: string): RealmDocument =>
  Object.hasOwn(defaultScenario.providers ?? {}, provider) ? {} : demoRealm;
