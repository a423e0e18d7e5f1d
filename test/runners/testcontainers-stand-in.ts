import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from '../programs.js';
import type { ChildProcess } from 'node:child_process';
import type { DirectoryToCopy, StartedNetwork, StartedTestContainer, WaitStrategy } from 'testcontainers';

/**
 * What `src/runners/testcontainers.ts` imports as `testcontainers`, where that is not installed: each container is a process, which runs
 * the program of the image with the environment of the image and of the container. `npm run test:containers` has the real one.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));

/** As the Dockerfile sets it. */
const environmentOfImage = { UNDERSTUDY_HOST: '0.0.0.0' };

/** A URL that the wait strategy asks for. */
interface HttpWait extends WaitStrategy {
  readonly path: string;
  readonly port: number;
}

/** The ways to wait. */
export const Wait = {
  forHttp(path: string, port: number): HttpWait {
    return {
      path,
      port,
      withStartupTimeout() {
        return this;
      },
    };
  },
};

/** A process instead of a container. */
class StartedProcess implements StartedTestContainer {
  constructor(
    private readonly child: ChildProcess,
    private readonly ports: ReadonlyMap<number, number>,
  ) {}

  getHost(): string {
    return 'localhost';
  }

  getMappedPort(port: number): number {
    const mapped = this.ports.get(port);
    if (mapped === undefined) throw new Error(`the port ${port} is not exposed`);
    return mapped;
  }

  async stop(): Promise<void> {
    this.child.kill();
    await once(this.child, 'close');
  }
}

/** A container to start. */
export class GenericContainer {
  protected networkAliases: string[] = [];
  readonly #environment: Record<string, string> = {};
  readonly #exposed: number[] = [];
  readonly #directories: DirectoryToCopy[] = [];
  #wait: HttpWait | undefined;

  constructor(readonly image: string) {}

  withEnvironment(environment: Record<string, string>): this {
    Object.assign(this.#environment, environment);
    return this;
  }

  withExposedPorts(...ports: number[]): this {
    this.#exposed.push(...ports);
    return this;
  }

  withNetwork(_: StartedNetwork): this {
    return this;
  }

  withNetworkAliases(...aliases: string[]): this {
    this.networkAliases.push(...aliases);
    return this;
  }

  withWaitStrategy(strategy: HttpWait): this {
    this.#wait = strategy;
    return this;
  }

  withCopyDirectoriesToContainer(directories: DirectoryToCopy[]): this {
    this.#directories.push(...directories);
    return this;
  }

  async start(): Promise<StartedProcess> {
    const files = mkdtempSync(join(tmpdir(), 'understudy-container-'));
    for (const { source, target } of this.#directories) cpSync(source, join(files, target), { recursive: true });
    const env = { ...environmentOfImage, UNDERSTUDY_FIXTURES: join(files, 'fixtures'), ...this.#environment };
    const copied = this.#directories.length > 0 ? env : { ...env, UNDERSTUDY_FIXTURES: '' };
    const child = spawn(process.execPath, [`${root}dist/main.js`, 'serve', '--port', '0'], {
      env: plainEnvironment(copied),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const mapped = await portOf(child);
    const started = new StartedProcess(child, new Map(this.#exposed.map((port) => [port, mapped])));
    const { path, port } = this.#wait!;
    const { status } = await fetch(`http://localhost:${started.getMappedPort(port)}${path}`);
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    return started;
  }
}

/** The port of the server. */
async function portOf(child: ChildProcess): Promise<number> {
  let log = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text: Buffer) => (log += text.toString()));
  const ended = once(child, 'close');
  for (;;) {
    const [, port] = /"url":"http:\/\/[^:]+:(\d+)"/.exec(log) ?? [];
    if (port !== undefined) return Number(port);
    if (child.exitCode !== null) throw new Error(`the container exited: ${log}`);
    await Promise.race([once(child.stdout!, 'data'), ended]);
  }
}

/** A container that runs, to extend. */
export class AbstractStartedContainer {
  constructor(private readonly container: StartedProcess) {}

  getHost(): string {
    return this.container.getHost();
  }

  getMappedPort(port: number): number {
    return this.container.getMappedPort(port);
  }

  stop(): Promise<void> {
    return this.container.stop();
  }
}
