import { findSimilar, nameIssued, nameValue } from '../core/resemblance.js';
import { describePlaceholder, describeWord } from './journal/words-for-nothing.js';
import { isFingerprint } from './journal/fingerprint.js';
import { decorations } from './decorations.js';
import type { Provider } from '../providers/provider.js';
import type { World } from './world.js';

/** Longer values are not looked at. No provider issues a value that is nearly as long. */
const longest = 1000;
/** Maximum number of other worlds in which a value is looked up: `default` and the newest. */
const mostWorlds = 200;

/**
 * Recognizes a token or code that a realm does not know: a value of another kind, of another provider or world, an
 * altered value, or the text of a programming mistake. Returns words that complete "it is …", without the value.
 * Undefined if it resembles nothing.
 */
export function recognizeValue(value: string, world: World, provider: Provider): string | undefined {
  if (value.length > longest) return undefined;
  return (
    describeWord(value) ??
    nameInWorld(value, world, provider) ??
    nameElsewhere(value, world) ??
    nameDecorated(value, world, provider) ??
    similarIn(value, world, provider) ??
    describeShape(value)
  );
}

/** The realms of a world by provider, the given provider first. */
function realmsOf(world: World, first: Provider): ReturnType<World['opened']> {
  const all = world.opened();
  return [...all.filter(({ provider }) => provider === first), ...all.filter(({ provider }) => provider !== first)];
}

function nameInWorld(value: string, world: World, own: Provider): string | undefined {
  for (const { provider, realm } of realmsOf(world, own)) {
    const name = nameValue(realm, value);
    if (name !== undefined) return provider === own ? name : `${name} of ${provider.title}`;
  }
  return undefined;
}

function nameElsewhere(value: string, world: World): string | undefined {
  let left = mostWorlds;
  for (const other of world.neighbours()) {
    if (other === world) continue;
    for (const { provider, realm } of other.opened()) {
      const name = nameIssued(realm, value);
      if (name !== undefined) return `${name} of ${provider.title} in the world ${JSON.stringify(other.id)}`;
    }
    left -= 1;
    if (left === 0) return undefined;
  }
  return undefined;
}

function nameDecorated(value: string, world: World, own: Provider): string | undefined {
  for (const { strip, words } of decorations) {
    const bare = strip(value);
    const name = bare === undefined || bare === value ? undefined : nameInWorld(bare, world, own);
    if (name !== undefined) return `${name} ${words}`;
  }
  return undefined;
}

function similarIn(value: string, world: World, own: Provider): string | undefined {
  for (const { provider, realm } of realmsOf(world, own)) {
    const difference = findSimilar(realm, value);
    if (difference !== undefined) return provider === own ? difference : `${difference} of ${provider.title}`;
  }
  return undefined;
}

function describeShape(value: string): string | undefined {
  const placeholder = describePlaceholder(value);
  if (placeholder !== undefined) return placeholder;
  if (isFingerprint(value)) return 'a fingerprint, which the journal shows in place of a secret';
  if (/^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(value)) return 'a JSON Web Token, which this server does not issue';
  return undefined;
}
