import { options } from '../config.js';
import { lazyExaminer } from '../exam/lazy-examiner.js';
import { openServer } from '../server.js';
import { announce } from './announce.js';
import { defineCommand } from './command.js';
import { tellRequests } from './tell-requests.js';
import type { TerminalLines } from './terminal.js';

/** `understudy serve`: runs a server until a stop signal, then finishes requests in progress. */
export const serve = defineCommand({
  name: 'serve',
  summary: 'Serve the providers; this is the default command',
  options,
  async run(config, surroundings) {
    const { env, isTerminal, terminal, stopped, abandon } = surroundings;
    const server = await openServer(config, { examiner: lazyExaminer });
    let lines: TerminalLines | undefined;
    try {
      announce(server, config, surroundings);
      if (isTerminal && terminal !== undefined && !config.quiet) lines = tellRequests(server.worlds, terminal, env);
      await stopped;
    } finally {
      await server.close();
    }
    if ((await lines?.end()) === false) abandon?.();
    return 0;
  },
});
