#!/usr/bin/env node
import { run } from './commands/index.js';

const stopped = new Promise<string>((resolve) => {
  process.once('SIGTERM', resolve);
  process.once('SIGINT', resolve);
});

const passedOn = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const;

// The reader of the output is gone: EPIPE, if it closed a pipe, as `| head` does; EIO, if the terminal was closed.
// A server continues; a command that prints a list ends.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}

process.exitCode = await run(process.argv.slice(2), {
  env: process.env,
  isTerminal: process.stdout.isTTY,
  terminal: process.stdout,
  abandon: process.exit.bind(process),
  isInteractive: process.stdin.isTTY,
  streams: () => ({ input: process.stdin, output: process.stdout }),
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  stopped,
  onSignal(listener) {
    for (const signal of passedOn) process.on(signal, listener);
    return () => {
      for (const signal of passedOn) process.off(signal, listener);
    };
  },
});
