import { Type } from 'typebox';
import { NewWorldBody } from '../../admin/schemas/worlds.js';
import { argumentsOf, defineTool, inWorld, scenarioArgument, worldOf } from '../tool.js';

const { id, seed, clock } = NewWorldBody.properties;

/** Tools about worlds: the private universes of tests. */
export const worldTools = [
  defineTool({
    name: 'create_world',
    title: 'Create a world',
    description:
      'Creates a world: a private universe with its own clients, users, tokens, clock, faults, journal and findings. ' +
      'Use one for each test. The answer has the URLs of each provider to configure the application with: ' +
      'authorizeUrl, tokenUrl, apiUrl. Without one, all tools use the world "default", which always exists.',
    effect: 'changes',
    input: argumentsOf({ id, scenario: Type.Optional(scenarioArgument), seed, clock }),
    async run(args, { understudy }) {
      const world = await understudy.newWorld(args);
      return world.info();
    },
  }),
  defineTool({
    name: 'list_worlds',
    title: 'List the worlds',
    description: 'Lists the worlds, each with its scenario, its base URL and its virtual time.',
    effect: 'reads',
    input: argumentsOf({}),
    async run(_args, { understudy }) {
      const worlds = await understudy.worlds();
      return worlds.map(({ id: name, scenario, baseUrl, clock: { now } }) => ({ id: name, scenario, baseUrl, now }));
    },
  }),
  defineTool({
    name: 'reset_world',
    title: 'Reset a world',
    description:
      'Removes tokens, faults, journal and registered clients of a world, and starts it again from its scenario.',
    effect: 'removes',
    input: argumentsOf(inWorld),
    run: (args, context) => worldOf(context, args).reset(),
  }),
  defineTool({
    name: 'drop_world',
    title: 'Drop a world',
    description: 'Removes a world. Ask for its findings before. The world "default" cannot be dropped, only reset.',
    effect: 'removes',
    input: argumentsOf({ world: Type.Required(Type.Object(inWorld)).properties.world }),
    async run(args, context) {
      await worldOf(context, args).drop();
      return { dropped: args.world };
    },
  }),
];
