import { didYouMean } from '../input/did-you-mean.js';
import { ArgumentError } from './arguments.js';
import type { ProviderUrls } from '../admin/schemas/worlds.js';
import type { WorldInfo } from './documents.js';

/**
 * The same world, whose `providers` refuse a misspelt name. Other names that they do not have are undefined, as those
 * that test runners and `await` ask every object for.
 */
export function namedProviders(info: WorldInfo): WorldInfo {
  return {
    ...info,
    providers: Object.assign(Object.create(refusesMisspelt) as WorldInfo['providers'], info.providers),
  };
}

/**
 * The prototype of all `providers`, which is asked for the names that they do not have. A proxy in their own place
 * could not be cloned, nor be sent to a worker. It is the same for all, so that two answers are equal.
 */
const refusesMisspelt = new Proxy<object>(
  {},
  {
    get(target, name, providers: Readonly<Record<string, ProviderUrls>>) {
      if (typeof name === 'string' && !(name in target)) refuseMisspelt(name, Object.keys(providers));
      return Reflect.get(target, name) as unknown;
    },
  },
);

/** Asked of every object: `await`, `JSON.stringify`. */
const ofEveryObject = ['then', 'toJSON'];

function refuseMisspelt(name: string, known: readonly string[]): void {
  const hint = didYouMean(name, known);
  if (hint === '' || ofEveryObject.includes(name)) return;
  throw new ArgumentError(`there is no provider ${JSON.stringify(name)}${hint}`);
}
