import { Type } from 'typebox';
import { MintTokensBody, TokenSelectionSchema } from '../../admin/schemas/tokens.js';
import { Duration } from '../../providers/policy/schema.js';
import { argumentsOf, atProvider, defineTool, inWorld, worldOf } from '../tool.js';

const selection = argumentsOf({ ...atProvider, ...TokenSelectionSchema.properties });

/** Tools about virtual time, and about tokens. */
export const tokenTools = [
  defineTool({
    name: 'advance_clock',
    title: 'Advance the clock',
    description:
      'Advances the virtual clock of a world, so that codes and tokens expire at once instead of in an hour. The ' +
      'answer lists what expired. Then make the application call the API, and see by read_journal whether it ' +
      'refreshed.',
    effect: 'changes',
    input: argumentsOf({
      ...inWorld,
      by: Type.Union([Type.Literal('next-expiry'), Duration], {
        description: 'A duration: 90s, 61m, 2h30m, 1d; or next-expiry: to the next time at which something expires',
      }),
    }),
    async run({ by, ...args }, context) {
      const { expired, ...clock } = await worldOf(context, args).clock.advance(by);
      return { ...clock, expired: expired.map(({ value: _, ...rest }) => rest) };
    },
  }),
  defineTool({
    name: 'expire_tokens',
    title: 'Expire tokens',
    description:
      'Expires tokens of a provider now, and leaves the clock: all of them, or those that match. With kind "access" ' +
      'a good client refreshes at its next call; with both kinds it must ask the person to connect again.',
    effect: 'changes',
    input: selection,
    run: async ({ world, ...rest }, { understudy }) => ({ expired: await understudy.world(world).tokens.expire(rest) }),
  }),
  defineTool({
    name: 'revoke_tokens',
    title: 'Revoke tokens',
    description:
      'Revokes tokens of a provider, as a person does who removes the access of the application: all of them, or ' +
      'those that match.',
    effect: 'removes',
    input: selection,
    run: async ({ world, ...rest }, { understudy }) => ({ revoked: await understudy.world(world).tokens.revoke(rest) }),
  }),
  defineTool({
    name: 'mint_tokens',
    title: 'Mint tokens',
    description:
      'Mints an access token and, with a user, a refresh token without a browser: to test how an application uses ' +
      'the API when it is connected already.',
    effect: 'changes',
    input: argumentsOf({ ...atProvider, ...MintTokensBody.properties }),
    run: ({ world, ...rest }, { understudy }) => understudy.world(world).tokens.mint(rest),
  }),
];
