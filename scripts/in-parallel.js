// Runs scripts of package.json at the same time: `node scripts/in-parallel.js lint types build`. The output of each is printed when it
// ends. Fails if one of them fails; the others run to their end, so that one run shows all mistakes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

async function run(script) {
  // npm is a file that only a shell starts on Windows
  const child = spawn(`npm run ${script}`, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const [code] = await once(child, 'close');
  process.stdout.write(output);
  return code === 0;
}

const results = await Promise.all(process.argv.slice(2).map(run));
process.exitCode = results.every(Boolean) ? 0 : 1;
