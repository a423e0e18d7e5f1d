import { Understudy } from '../client/index.js';
import { checkAdminToken } from '../config/admin-token.js';
import { configOf, options as serverOptions, programDefaults } from '../config.js';
import { serverUrl } from '../config/kinds.js';
import { UsageError } from '../config/option.js';
import { lazyExaminer } from '../exam/lazy-examiner.js';
import { openServer } from '../server.js';
import { defineCommand } from './command.js';
import type { GivenTexts, Option, Values } from '../config/option.js';

const { readyFile: _1, quiet: _2, port, tlsPort, proxyPort, ...others } = serverOptions;

const options = {
  url: serverUrl({
    flag: 'url',
    env: ['UNDERSTUDY_URL'],
    value: 'URL',
    help: 'URL of a running server that is used, in place of one of its own',
  }),
  // not PORT as well: that is the port of the application
  port: { ...port, env: ['UNDERSTUDY_PORT'], fallback: programDefaults.port },
  tlsPort: { ...tlsPort, fallback: programDefaults.tlsPort },
  proxyPort: { ...proxyPort, fallback: programDefaults.proxyPort },
  ...others,
};

type McpValues = Values<typeof options>;

/** `understudy mcp`: tools for a coding assistant, on standard input and output, until it closes them. */
export const mcp = defineCommand({
  name: 'mcp',
  summary: 'Give a coding assistant tools to test an integration: a server of the Model Context Protocol (stdio)',
  options,
  async run(values, { streams, err, stopped, abandon }, { given }) {
    if (streams === undefined) throw new UsageError('mcp needs standard input and output');
    const understudy = await understudyOf(values, given);
    let haveEnded = false;
    try {
      err(`understudy: tools for ${understudy.url} on standard input and output`);
      // loaded here, so that no other command loads the protocol
      const { serveMcp } = await import('../mcp/serve-mcp.js');
      haveEnded = await serveMcp({ understudy, ...streams(), stopped, err });
    } finally {
      await understudy.close();
    }
    if (!haveEnded) abandon?.();
    return 0;
  },
});

/** The server that is running, or one that is started. */
async function understudyOf({ url, ...config }: McpValues, given: GivenTexts): Promise<Understudy> {
  if (url === undefined) {
    const server = await openServer(configOf(config), { examiner: lazyExaminer });
    return new Understudy(server.url, config.adminToken, server.close);
  }
  const { url: _, adminToken: __, ...ofServer } = options;
  const [flag] = Object.entries<Option<unknown>>(ofServer)
    .filter(([member]) => given[member] !== undefined)
    .map(([, option]) => String(option.flag));
  if (flag !== undefined) {
    throw new UsageError(`--${flag} is for a server of its own, and --url or UNDERSTUDY_URL names a running one`);
  }
  checkAdminToken(config.adminToken);
  return new Understudy(url, config.adminToken);
}
