/** The id of the client that the playground registers. */
export const playgroundClientId = 'understudy-playground';
