import { providers } from '../providers/index.js';
import { defineCommand } from './command.js';

/** `understudy providers`: lists each provider with the paths of its endpoints on this server and its grants. */
export const listProviders = defineCommand({
  name: 'providers',
  summary: 'List the providers, their paths and grants',
  options: {},
  async run(_values, { out }) {
    for (const { name, title, origin, endpoints, policy } of providers) {
      out(`${name}  (${title}, simulates ${origin})`);
      out(`  authorize  /${name}${endpoints.authorize[0]}`);
      out(`  token      /${name}${endpoints.token[0]}`);
      out(`  api        /${name}${endpoints.api[0]}`);
      out(`  grants     ${policy.grants.join(', ')}`);
    }
    return 0;
  },
});
