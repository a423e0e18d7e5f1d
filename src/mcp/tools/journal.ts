import { Type } from 'typebox';
import { ExpectationSchema } from '../../world/journal/expectation.js';
import { MatchSchema } from '../../world/journal/match.js';
import { argumentsOf, defineTool, inWorld, worldOf } from '../tool.js';

/** Number of entries in an answer, if the caller names none, and at most. */
const entriesShown = 20;
const maxEntries = 200;

/** Tools that tell what the client did: the journal, and expectations of it. */
export const journalTools = [
  defineTool({
    name: 'read_journal',
    title: 'Read the journal',
    description:
      'Lists the requests that the application made, newest first, each with its status and, if it was refused, the ' +
      'real reason, which the answer to the application often does not tell. Secrets are fingerprints. Arguments ' +
      'select requests: {"endpoint":"token","status":400}.',
    effect: 'reads',
    input: argumentsOf({
      ...inWorld,
      ...MatchSchema.properties,
      since: Type.Optional(Type.Integer({ minimum: 0, description: 'Requests after the one with this id' })),
      limit: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: maxEntries,
          description: `Maximum number of requests. Default: ${entriesShown}`,
        }),
      ),
    }),
    run: ({ world, limit = entriesShown, ...filter }, { understudy }) =>
      understudy.world(world).journal.listBriefly({ ...filter, limit, order: 'newest' }),
  }),
  defineTool({
    name: 'explain_request',
    title: 'Explain a request',
    description:
      'Reads one request of the journal as a whole: parameters, headers, answer, and, if it was refused, what was ' +
      'expected and what was received.',
    effect: 'reads',
    input: argumentsOf({
      ...inWorld,
      id: Type.Integer({ minimum: 1, description: 'Id of the request, from read_journal or a finding' }),
    }),
    run: ({ id, ...args }, context) => worldOf(context, args).journal.get(id),
  }),
  defineTool({
    name: 'verify_requests',
    title: 'Verify requests',
    description:
      'Compares the journal with an expectation: {"match":{"endpoint":"token","grantType":"refresh_token"},' +
      '"count":1}. If it is not met, the answer has requests that match, and the nearest others and how they differ.',
    effect: 'reads',
    input: argumentsOf({ ...inWorld, ...ExpectationSchema.properties }),
    async run({ world, ...expectation }, { understudy }) {
      const { matched, ...verdict } = await understudy.world(world).verify(expectation);
      // whole requests are long, and those of an expectation that is met tell no more than their number
      return verdict.passed ? verdict : { ...verdict, matched };
    },
  }),
];
