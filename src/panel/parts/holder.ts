import type { Family } from '../../client/index.js';

/** Who holds the tokens: the client, and the user if there is one. */
export const holderOf = ({ clientId, userId }: Pick<Family, 'clientId' | 'userId'>): string =>
  userId === null ? clientId : `${clientId} for ${userId}`;
