/**
 * What this package uses of Jest, whose module loader provides it. Jest is not among the packages that this repository
 * installs: it brings 260 others.
 */
declare module '@jest/globals' {
  /** Calls a function before the first test of a file. */
  export function beforeAll(begin: () => Promise<void>): void;
  /** Calls a function after the last test of a file. */
  export function afterAll(close: () => Promise<void>): void;
  /** Its only method here. */
  export const expect: { readonly extend: (matchers: object) => void };
}
