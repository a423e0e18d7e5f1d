// Starts the built server once and stops it when it is ready: `node scripts/first-start.js [SECONDS]`. The build of the
// image runs it with NODE_COMPILE_CACHE, so that Node keeps what it compiled. A server that ends early or is not ready
// in time fails the build.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const maxSeconds = Number(process.argv[2] ?? 60);
const server = spawn(process.execPath, ['dist/main.js', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
let isReady = false;
const limit = setTimeout(() => server.kill('SIGKILL'), maxSeconds * 1000);

createInterface(server.stdout).on('line', (line) => {
  if (!line.startsWith('{"ready":true')) return;
  isReady = true;
  server.kill();
});
// after its end, because Node writes the cache then; the limit covers the stop too
server.on('close', (code, signal) => {
  clearTimeout(limit);
  if (code === 0 && isReady) return;
  const end = signal === 'SIGKILL' ? `was killed after ${maxSeconds} s` : `ended with ${code ?? signal}`;
  console.error(`first-start: the server ${isReady ? 'was ready, but' : 'was not ready, and'} ${end}`);
  process.exitCode = 1;
});
