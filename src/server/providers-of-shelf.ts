import { UsageError } from '../config/option.js';
import { suggest } from '../input/did-you-mean.js';
import { builtInProviders } from '../providers/files/built-in.js';
import type { Provider } from '../providers/provider.js';
import type { Shelf } from '../providers/files/shelf.js';

/**
 * The providers of the shelf that are asked for, each once.
 *
 * @param given names, or `all`
 * @param option what messages call the option: `--shelf`
 * @throws UsageError with every name that the shelf has not
 */
export function providersOfShelf(given: readonly string[], shelf: Shelf, option: string): readonly Provider[] {
  const names = given.includes('all') ? shelf.names : [...new Set(given)];
  const mistakes = names.filter((name) => !shelf.names.includes(name)).map((name) => mistakeIn(name, shelf, option));
  if (mistakes.length > 0) throw new UsageError(mistakes.join('\n'));
  return names.map((name) => shelf.find(name) as Provider);
}

const mistakeIn = (name: string, { names }: Shelf, option: string): string =>
  builtInProviders.has(name)
    ? `${option}: ${name} is not on the shelf: it is built in, and always served`
    : `${option}: there is no provider ${JSON.stringify(name)} on the shelf${suggest(name, ['all', ...names])}`;
