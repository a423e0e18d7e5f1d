import { UnderstudyError } from '../../client/index.js';
import { builtIn } from '../../world/scenario/default-scenario.js';
import { ClientSchema } from '../../world/scenario/schema/scenario.js';
import { argumentsOf, atProvider, defineTool, worldOf } from '../tool.js';
import type { ClientInfo, UserInfo } from '../../client/index.js';

/** A secret of the user's own is not shown: conversations with assistants are kept. */
const shown = (secret: string, known: string): string => (secret === known ? secret : '(hidden: as it was registered)');

const clientShown = (client: ClientInfo): ClientInfo => ({ ...client, secret: shown(client.secret, builtIn.secret) });

const userShown = ({ id, username, name, password }: UserInfo): Partial<UserInfo> => ({
  id,
  username,
  name,
  password: shown(password, builtIn.password),
});

/** Status of a call that adds a client whose id exists. */
const conflict = 409;

/** Tools about providers and the applications that are registered with them. */
export const providerTools = [
  defineTool({
    name: 'describe_provider',
    title: 'Describe a provider',
    description:
      'Tells what a client of a provider needs to know: URLs, paths, scopes, conventions, the policy (lifetimes, ' +
      'rotation, PKCE), how it differs from the RFCs, the registered clients with their credentials, and the users ' +
      'who can log in. Read it before you write or configure a client.',
    effect: 'reads',
    input: argumentsOf(atProvider),
    async run({ provider, ...args }, context) {
      const world = worldOf(context, args);
      const { quirks, errors: _1, defaults: _2, relaxed: _3, ...described } = await world.providers.describe(provider);
      const [clients, users] = await Promise.all([world.clients.list({ provider }), world.users.list({ provider })]);
      return {
        ...described,
        clients: clients.map(clientShown),
        users: users.map(userShown),
        quirks: quirks.filter(({ confidence }) => confidence !== 'GUESS').map(({ behaviour }) => behaviour),
      };
    },
  }),
  defineTool({
    name: 'register_client',
    title: 'Register a client',
    description:
      'Registers the application as a client with its redirect URIs. If the id exists, as understudy-client does, ' +
      'the given members of that client are changed: this is how it gets the redirect URI of your application.',
    effect: 'changes',
    input: argumentsOf({ ...atProvider, ...ClientSchema.properties }),
    async run({ world, ...client }, context) {
      const { clients } = context.understudy.world(world);
      return clientShown(
        await clients.add(client).catch((error: unknown) => {
          if (error instanceof UnderstudyError && error.status === conflict) return clients.update(client);
          throw error;
        }),
      );
    },
  }),
];
