/**
 * What this package uses of Testcontainers 11 and 12. It is not among the packages that this repository
 * installs: it brings 170 others, of 50 MB. `npm run test:containers` compiles and runs with the real one.
 */
declare module 'testcontainers' {
  /** A network that containers share. */
  export interface StartedNetwork {
    getId(): string;
  }

  /** Decides when a container is ready. */
  export interface WaitStrategy {
    withStartupTimeout(milliseconds: number): this;
  }

  /** The ways to wait. */
  export const Wait: {
    /** Waits for success at the mapped port. With `abortOnContainerExit`, it fails if the container ends. */
    forHttp(path: string, port: number, options: { readonly abortOnContainerExit: boolean }): WaitStrategy;
  };

  /** A folder of the host, of which the container gets a copy. */
  export interface DirectoryToCopy {
    readonly source: string;
    readonly target: string;
    readonly mode?: number;
  }

  /** A container that runs. */
  export interface StartedTestContainer {
    getHost(): string;
    getMappedPort(port: number): number;
  }

  /** A container to start. */
  export class GenericContainer {
    constructor(image: string);
    protected networkAliases: string[];
    withEnvironment(environment: Record<string, string>): this;
    withExposedPorts(...ports: number[]): this;
    withNetwork(network: StartedNetwork): this;
    withNetworkAliases(...aliases: string[]): this;
    withWaitStrategy(strategy: WaitStrategy): this;
    withCopyDirectoriesToContainer(directories: DirectoryToCopy[]): this;
    start(): Promise<StartedTestContainer>;
  }

  /** A container that runs, to extend. */
  export class AbstractStartedContainer implements StartedTestContainer {
    constructor(container: StartedTestContainer);
    getHost(): string;
    getMappedPort(port: number): number;
  }
}
