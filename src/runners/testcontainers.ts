import { randomBytes } from 'node:crypto';
import { AbstractStartedContainer, GenericContainer, Wait } from 'testcontainers';
import { connect } from '../library.js';
import { imageOfRun } from './image.js';
import type { NewWorld, Understudy, World } from '../library.js';
import type { StartedNetwork, StartedTestContainer } from 'testcontainers';

/** The port of the image. */
const port = 8080;

/** What the container was started with, and what it cannot be asked for. */
interface Settings {
  readonly token: string;
  /** Undefined: the container is in no network of its own. */
  readonly internalUrl: string | undefined;
}

/** Understudy in a container of Testcontainers. All other settings are those of `GenericContainer`. */
export class UnderstudyContainer extends GenericContainer {
  #token = randomBytes(24).toString('base64url');
  #isInNetwork = false;

  /** Default: the image of UNDERSTUDY_IMAGE, or else the one of this version of the package. */
  constructor(image: string = imageOfRun()) {
    super(image);
    this.withExposedPorts(port).withWaitStrategy(Wait.forHttp('/__admin/health', port, { abortOnContainerExit: true }));
  }

  /** Sets the scenario that worlds play by default: a built-in one, or one of the fixtures. */
  withScenario(name: string): this {
    return this.withEnvironment({ UNDERSTUDY_SCENARIO: name });
  }

  /** Adds the scenario files of a folder. The container gets a copy, so the Docker host may be another machine. */
  withFixtures(folder: string): this {
    // folders of temporary files, for example, are closed to other users, and the image has a user of its own
    return this.withCopyDirectoriesToContainer([{ source: folder, target: '/fixtures', mode: 0o755 }]);
  }

  /** Sets the token of the admin API. Default: a random one, which is another one for each container. */
  withAdminToken(token: string): this {
    this.#token = token;
    return this;
  }

  /** Joins a network, by the alias `understudy` unless `withNetworkAliases` gives another one. */
  override withNetwork(network: StartedNetwork): this {
    this.#isInNetwork = true;
    return super.withNetwork(network);
  }

  /**
   * Starts the container, and waits until the server answers at the mapped port.
   *
   * @throws Error with the log of the server if it ended; or if there is no image, or no answer in time
   */
  override async start(): Promise<StartedUnderstudyContainer> {
    if (this.#isInNetwork && this.networkAliases.length === 0) this.withNetworkAliases('understudy');
    const [internalUrl] = this.networkAliases.map((alias) => `http://${alias}:${port}`);
    // there is no base URL: the mapped port is known only after the start, and URLs follow the host of the request
    this.withEnvironment({
      UNDERSTUDY_ADMIN_TOKEN: this.#token,
      ...(internalUrl === undefined ? {} : { UNDERSTUDY_INTERNAL_URL: internalUrl }),
    });
    // Testcontainers does not keep the process alive while it reads the log of a container that ended
    const alive = setInterval(() => {}, 1000);
    try {
      return new StartedUnderstudyContainer(await super.start(), { token: this.#token, internalUrl });
    } finally {
      clearInterval(alive);
    }
  }
}

/** Understudy in a container that runs. */
export class StartedUnderstudyContainer extends AbstractStartedContainer {
  readonly #settings: Settings;

  constructor(container: StartedTestContainer, settings: Settings) {
    super(container);
    this.#settings = settings;
  }

  /** The URL for tests and browsers on the host: it has the mapped port, which is another one after a restart. */
  getUrl(): string {
    return `http://${this.getHost()}:${this.getMappedPort(port)}`;
  }

  /**
   * The URL for containers of the same network. Answers of the admin API have the same URL below `internal`.
   *
   * @throws Error if the container is in no network
   */
  getInternalUrl(): string {
    const { internalUrl } = this.#settings;
    if (internalUrl !== undefined) return internalUrl;
    throw new Error('no other container knows the name of this one; expected withNetwork(…) before start()');
  }

  /** The token of the admin API, for programs in another language and for the panel. */
  getAdminToken(): string {
    return this.#settings.token;
  }

  /** The server, connected with its token. */
  understudy(): Understudy {
    return connect(this.getUrl(), { token: this.#settings.token });
  }

  /** Returns an existing world. Default: the world `default`. */
  world(id?: string): World {
    return this.understudy().world(id);
  }

  /** Makes a world for one test. */
  newWorld(options?: NewWorld): Promise<World> {
    return this.understudy().newWorld(options);
  }
}
