import { readFileOfFolder } from '../input/document/files.js';
import { providers } from '../providers/index.js';
import { shelfFiles } from '../shelf.js';
import { defineCommand } from './command.js';

/**
 * `understudy providers`: lists each provider with the paths of its endpoints on this server and its grants, then the
 * providers of the shelf by name and title.
 */
export const listProviders = defineCommand({
  name: 'providers',
  summary: 'List the providers, their paths and grants, and the providers of the shelf',
  options: {},
  async run(_values, { out }) {
    for (const { name, title, origin, endpoints, policy } of providers) {
      out(`${name}  (${title}, simulates ${origin})`);
      out(`  authorize  /${name}${endpoints.authorize[0]}`);
      out(`  token      /${name}${endpoints.token[0]}`);
      out(`  api        /${name}${endpoints.api[0]}`);
      out(`  grants     ${policy.grants.join(', ')}`);
    }
    const files = shelfFiles();
    const width = Math.max(...[...files.keys()].map(({ length }) => length));
    out('On the shelf, served with --shelf NAMES:');
    for (const [name, file] of files) out(`  ${name.padEnd(width)}  ${await titleIn(file)}`);
    return 0;
  },
});

/** The title in a file of the shelf. The whole file is not checked: that would load the template library. */
async function titleIn(file: string): Promise<string> {
  const { readDocument } = await import('../input/document/read-document.js');
  const read = readDocument(readFileOfFolder(file) as string, file, { called: 'a provider file', empty: '{}' });
  return (read as { readonly value: { readonly title: string } }).value.title;
}
