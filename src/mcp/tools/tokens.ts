import { MintTokensBody, TokenSelectionSchema } from '../../admin/schemas/tokens.js';
import { argumentsOf, atProvider, defineTool } from '../tool.js';

const selection = argumentsOf({ ...atProvider, ...TokenSelectionSchema.properties });

/** Tools about access and refresh tokens. */
export const tokenTools = [
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
