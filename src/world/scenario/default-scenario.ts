import { providers } from '../../providers/index.js';
import type { Scenario } from './schema/scenario.js';

const client = {
  id: 'understudy-client',
  secret: 'understudy-secret',
  name: 'Understudy demo client',
  redirectUris: ['http://localhost:3000/callback', 'http://127.0.0.1:3000/callback'],
};

const user = (username: string, name: string): { id: string; username: string; password: string; name: string } => ({
  id: username,
  username,
  password: 'understudy',
  name,
});

/** What the world `default` is filled with: in code, so that nothing need be read or parsed at start. */
export const defaultScenario: Scenario = {
  description:
    'A client and two people at every provider, and the documented behaviour: where every other scenario begins.',
  providers: Object.fromEntries(
    providers.map(({ name }) => [
      name,
      {
        policy: {},
        clients: [client],
        users: [user('ada@example.test', 'Ada Lovelace'), user('grace@example.test', 'Grace Hopper')],
        resources: [],
      },
    ]),
  ),
};
