import { argumentsOf, defineTool, inWorld, scenarioArgument, worldOf } from '../tool.js';

/** Tools about scenarios: what a world contains, and how it misbehaves. */
export const scenarioTools = [
  defineTool({
    name: 'list_scenarios',
    title: 'List the scenarios',
    description:
      'Lists the scenarios that can be played, each with what it is for: expired tokens, rotated refresh tokens, ' +
      'outages, strict OAuth 2.1 and others.',
    effect: 'reads',
    input: argumentsOf({}),
    run: (_args, { understudy }) => understudy.scenarios(),
  }),
  defineTool({
    name: 'play_scenario',
    title: 'Play a scenario',
    description: 'Plays a scenario in a world, which loses its tokens, faults, journal and registered clients.',
    effect: 'removes',
    input: argumentsOf({ ...inWorld, scenario: scenarioArgument }),
    run: ({ scenario, ...args }, context) => worldOf(context, args).play(scenario),
  }),
];
