// The development server: bundles the command and the panel, runs the command, and starts it again at every change of
// its sources, views or fixtures. A change of src/panel is bundled alone: the browser has to load the page again.
// Arguments go to the server: `npm run dev -- --port 0`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { build, context } from 'esbuild';
import { command, panel, program } from './bundle-options.js';
import { copySwaggerUi } from './swagger-ui.js';

/** Milliseconds without changes before a restart, because editors write a file in several steps. */
const quietMs = 100;

let child;
let stopping = false;

/** Stops the running server, and starts a new one when the port is free. */
async function restart() {
  await stopChild();
  if (stopping) return;
  child = spawn(process.execPath, ['--enable-source-maps', 'dist/main.js', ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
}

async function stopChild() {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill();
  await closed;
}

/** Runs restarts one after the other, because two servers cannot listen on one port. */
let last = Promise.resolve();
let timer;
function restartSoon() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    last = last.then(restart);
  }, quietMs);
}

const restarts = {
  name: 'restart',
  setup({ onEnd }) {
    onEnd(({ errors }) => {
      if (errors.length === 0) restartSoon();
    });
  },
};
copySwaggerUi();
await build(command);
const bundlers = [
  await context({ ...program, plugins: [...program.plugins, restarts] }),
  // the server reads its files at each request
  await context(panel),
];
await Promise.all(bundlers.map((each) => each.watch()));

// esbuild watches the bundled files. Templates, the style sheet and built-in scenarios need a restart: the server reads
// them once.
const watchers = ['views', 'fixtures'].map((folder) => watch(folder, { recursive: true }, restartSoon));

async function stop() {
  stopping = true;
  clearTimeout(timer);
  for (const watcher of watchers) watcher.close();
  await Promise.all(bundlers.map((each) => each.dispose()));
  await last;
  await stopChild();
}
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
