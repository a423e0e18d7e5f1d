import { UsageError, flagOf } from '../config/option.js';
import { text } from '../config/kinds.js';
import { serverOptions } from '../config/server-options.js';
import { didYouMean } from '../input/did-you-mean.js';
import { readFileOfFolder } from '../input/document/files.js';
import { providers } from '../providers/index.js';
import { shelfFiles } from '../shelf.js';
import { defineCommand } from './command.js';
import type { Provider } from '../providers/provider.js';
import type { Surroundings } from './surroundings.js';

const options = {
  like: text({ flag: 'like', env: [], value: 'NAME', help: 'new: the provider that it is like. Default: standard' }),
  out: text({ flag: 'out', env: [], value: 'FILE', help: 'new: the file to write. Default: NAME.yaml' }),
  providers: serverOptions.providers,
  shelf: serverOptions.shelf,
};

/**
 * `understudy providers`: lists each provider with the paths of its endpoints on this server and its grants, also
 * those of files and of the shelf that would be served; then the providers of the shelf by name and title.
 * `understudy providers new NAME`: writes a provider file to begin with.
 */
export const listProviders = defineCommand({
  name: 'providers',
  summary: 'List the providers, with paths and grants, and the shelf; `providers new NAME` writes a file to begin with',
  argument: '[new NAME...]',
  options,
  async run({ like, out, providers: folder, shelf }, surroundings, { args: [action, ...names] }) {
    if (action === undefined) {
      if (like !== undefined) throw new UsageError(`--like needs a name: ${form}`);
      if (out !== undefined) throw new UsageError(`--out needs a name: ${form}`);
      return list(await servedWith(folder, shelf), surroundings);
    }
    if (action !== 'new') {
      const hint = didYouMean(action, ['new']);
      throw new UsageError(`unexpected argument ${JSON.stringify(action)}${hint}; expected ${form}`);
    }
    const [name, surplus] = names;
    if (name === undefined) throw new UsageError(`the name of the provider is missing; expected ${form}`);
    if (surplus !== undefined) throw new UsageError(`unexpected argument ${JSON.stringify(surplus)}; expected ${form}`);
    const { writeNewProvider } = await import('./new-provider.js');
    return writeNewProvider({ name, like, out: out ?? `${name}.yaml` }, surroundings);
  },
});

const form = 'understudy providers new NAME [--like NAME] [--out FILE]';

/** The providers that a server with these options serves. */
async function servedWith(folder: string | undefined, shelf: readonly string[]): Promise<readonly Provider[]> {
  if (folder === undefined && shelf.length === 0) return providers;
  const { openProviderFiles } = await import('../server/provider-files.js');
  const files = openProviderFiles({ providers: folder, shelf }, flagOf);
  return [...providers, ...files.providers];
}

async function list(served: readonly Provider[], { out }: Surroundings): Promise<number> {
  for (const { name, title, origin, endpoints, policy } of served) {
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
}

/** The title in a file of the shelf. The whole file is not checked: that would load the template library. */
async function titleIn(file: string): Promise<string> {
  const { readDocument } = await import('../input/document/read-document.js');
  const read = readDocument(readFileOfFolder(file) as string, file, { called: 'a provider file', empty: '{}' });
  return (read as { readonly value: { readonly title: string } }).value.title;
}
