/** The person of the built-in scenarios who logs in by default. A test asserts that they are in these scenarios. */
export const demoPerson = { username: 'ada@example.test', password: 'understudy' } as const;
