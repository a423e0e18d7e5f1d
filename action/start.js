// Starts a server in the background: from the package with a command line, or from an image with Docker.
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Mistake, folder } from './job.js';
import { run, startInBackground } from './shell.js';

const pauseMs = 100;
/** How much of a log is shown when a server does not start, in characters. */
const shownOfLog = 4000;

/** Starts the server with a command line. Returns its URL, and what is needed to report on it and to stop it. */
export async function startCommand({ command, port, token, scenario, fixtures, options, timeoutMs }) {
  const [ready, log] = [join(folder, 'ready.json'), join(folder, 'server.log')];
  rmSync(ready, { force: true });
  const descriptor = openSync(log, 'w');
  const args = [
    '--port',
    port,
    '--ready-file',
    ready,
    ...named('--scenario', scenario),
    ...named('--fixtures', fixtures),
  ];
  const env = { UNDERSTUDY_ADMIN_TOKEN: token };
  const child = startInBackground(`${command} serve ${options} "$@"`, args, { env, log: descriptor });
  closeSync(descriptor);

  const url = await waitFor(() => urlIn(ready), {
    timeoutMs,
    hasEnded: async () => child.exitCode !== null || child.signalCode !== null,
    log: async () => readFileSync(log, 'utf8'),
    stop: async () => stopGroup(child.pid),
  });
  return { url, pid: child.pid, reportCommand: command, reportUrl: url, workingDirectory: process.cwd() };
}

/** Starts the server from an image. Only this machine reaches its port. */
export async function startImage({ image, port, token, scenario, fixtures, options, timeoutMs }) {
  const flags = [
    ...['--detach', '--publish', port === '0' ? '127.0.0.1::8080' : `127.0.0.1:${port}:8080`],
    // without a value, Docker takes it from the environment, where no list of processes shows it
    ...['--env', 'UNDERSTUDY_ADMIN_TOKEN'],
    ...(scenario === '' ? [] : ['--env', `UNDERSTUDY_SCENARIO=${scenario}`]),
    ...(fixtures === '' ? [] : ['--volume', `${resolve(fixtures)}:/fixtures:ro`]),
  ];
  const env = { UNDERSTUDY_ADMIN_TOKEN: token };
  const { code, out } = await run(`docker run "$@" serve ${options}`, [...flags, image], { env });
  if (code !== 0) throw new Mistake(`docker run ${image} ended with ${code}; its message is above`);
  const container = out.trim().split('\n').at(-1);

  const url = await waitFor(() => urlOfContainer(container), {
    timeoutMs,
    hasEnded: async () => (await docker('inspect', '--format', '{{.State.Running}}', container)).trim() !== 'true',
    log: () => docker('logs', container),
    stop: () => docker('rm', '--force', container),
  });
  // it shares the network of the server
  const reportCommand = `docker run --rm --network container:${container} --env UNDERSTUDY_ADMIN_TOKEN ${quoted(image)}`;
  return { url, container, reportCommand, reportUrl: 'http://127.0.0.1:8080' };
}

/** A value as one word of a shell, whatever it contains. */
const quoted = (value) => `'${value.replaceAll("'", "'\\''")}'`;

const named = (flag, value) => (value === '' ? [] : [flag, value]);

const docker = async (...args) => (await run('docker "$@" 2>&1', args)).out;

function urlIn(readyFile) {
  try {
    return JSON.parse(readFileSync(readyFile, 'utf8')).url;
  } catch {
    // the file is missing, or is being written
    return undefined;
  }
}

/** Something else may accept connections at the port, and never answer. */
const healthWithinMs = 2000;

async function urlOfContainer(container) {
  const [, port] = /:(\d+)\s*$/.exec(await docker('port', container, '8080/tcp')) ?? [];
  if (port === undefined) return undefined;
  const url = `http://127.0.0.1:${port}`;
  const signal = AbortSignal.timeout(healthWithinMs);
  const isHealthy = await fetch(`${url}/__admin/health`, { signal }).then(
    ({ ok }) => ok,
    () => false,
  );
  return isHealthy ? url : undefined;
}

/** Waits until `find` gives something. A server that ended or that is too slow is stopped, and its log is shown. */
async function waitFor(find, { timeoutMs, hasEnded, log, stop }) {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    const ended = await hasEnded();
    if (ended || Date.now() > until) {
      const why = ended
        ? 'the server ended before it was ready'
        : `the server was not ready after ${timeoutMs / 1000} s`;
      const text = (await log()).trim().slice(-shownOfLog);
      await stop();
      throw new Mistake(`${why}. Its log:\n${text}`);
    }
    await setTimeout(pauseMs);
  }
}

/** How long a server may take to stop, in milliseconds. It needs 500 for the requests in progress. */
const stopsWithinMs = 5000;

/** Stops a group of processes, and waits for its end. A group that has ended is no mistake. */
export async function stopGroup(pid) {
  for (let waited = 0; signal(pid, waited === 0 ? 'SIGTERM' : 0); waited += pauseMs) {
    if (waited >= stopsWithinMs) return signal(pid, 'SIGKILL');
    await setTimeout(pauseMs);
  }
}

/** Sends a signal to a group; 0 only asks. Returns whether the group exists. */
function signal(pid, name) {
  try {
    return process.kill(-pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
    return false;
  }
}

/** Stops a server that this job started. */
export async function stopServer({ pid, container }) {
  await (container === undefined ? stopGroup(pid) : docker('rm', '--force', container));
}
