import { didYouMean } from '../input/did-you-mean.js';
import { ArgumentError } from './arguments.js';
import type { WorldInfo } from './documents.js';

/**
 * The same world, whose `providers` refuse a misspelt name. Other names that they do not have are undefined, as those
 * that test runners and `await` ask every object for.
 */
export function namedProviders(info: WorldInfo): WorldInfo {
  return {
    ...info,
    providers: new Proxy(info.providers, {
      get(urls, name) {
        if (typeof name === 'string' && !(name in urls)) refuseMisspelt(name, Object.keys(urls));
        return Reflect.get(urls, name) as unknown;
      },
    }),
  };
}

/** Asked of every object: `await`, `JSON.stringify`. */
const ofEveryObject = ['then', 'toJSON'];

function refuseMisspelt(name: string, known: readonly string[]): void {
  const hint = didYouMean(name, known);
  if (hint === '' || ofEveryObject.includes(name)) return;
  throw new ArgumentError(`there is no provider ${JSON.stringify(name)}${hint}`);
}
