/** The person of the built-in scenarios who logs in by default. */
export const demoPerson = { username: 'ada@example.test', password: 'understudy' } as const;
