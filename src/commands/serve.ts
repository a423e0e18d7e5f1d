import { options } from '../config.js';
import { openServer } from '../server.js';
import { announce } from './announce.js';
import { defineCommand } from './command.js';

/** `understudy serve`: runs a server until a stop signal, then finishes requests in progress. */
export const serve = defineCommand({
  name: 'serve',
  summary: 'Serve the providers; this is the default command',
  options,
  async run(config, surroundings) {
    const server = await openServer(config);
    try {
      announce(server, config, surroundings);
      await surroundings.stopped;
    } finally {
      await server.close();
    }
    return 0;
  },
});
