import { providers } from '../providers/index.js';
import type { Surroundings } from './surroundings.js';

/** `understudy providers`: what each provider is, and where its real endpoints and ours lie. */
export async function run(_args: readonly string[], { out }: Surroundings): Promise<number> {
  for (const { name, title, origin, endpoints, policy } of providers) {
    out(`${name}  (${title}, stands in for ${origin})`);
    out(`  authorize  /${name}${endpoints.authorize[0]}`);
    out(`  token      /${name}${endpoints.token[0]}`);
    out(`  api        /${name}${endpoints.api[0]}`);
    out(`  grants     ${policy.grants.join(', ')}`);
  }
  return 0;
}
