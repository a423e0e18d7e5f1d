import { UsageError } from '../config/option.js';
import { firstMistakes } from '../input/mistake.js';
import { deepest, isTooDeep } from '../input/nesting.js';
import { printable } from '../input/printable.js';
import { MadeProviders, defineDocuments } from '../providers/files/define-documents.js';
import { providers as builtIn } from '../providers/index.js';
import { check } from '../world/check-document.js';
import type { Mistake } from '../input/mistake.js';
import type { ShelfOfServer } from '../providers/files/shelf.js';
import type { Provider } from '../providers/provider.js';

/** Most documents of one server, as many as files of a folder. */
const documentLimit = 1000;

/**
 * Makes the providers of documents that a program gives to `start()`.
 *
 * @throws UsageError with all mistakes
 */
export function defineGiven(given: readonly unknown[], { shelf, served }: ShelfOfServer): readonly Provider[] {
  if (given.length > documentLimit) {
    throw new UsageError(`providers: are ${given.length} documents; the limit is ${documentLimit}`);
  }
  const copies = given.map(copied);
  const { named, mistakes: inNames } = byName(copies);
  const { providers, mistakes } = defineDocuments(new Map([...named].map(([name, { document }]) => [name, document])), {
    check,
    beneath: [...builtIn, ...served],
    shelf,
    made: new MadeProviders(),
  });
  const inDocuments = [...mistakes].flatMap(([name, found]) =>
    found.map(({ path, message }) => ({ path: [named.get(name)?.at, path].filter(Boolean).join('.'), message })),
  );
  const all = firstMistakes([...inNames, ...inDocuments]);
  if (all.length === 0) return [...providers.values()];
  const lines = all.map(({ path, message }) => printable(path === '' ? message : `${path}: ${message}`));
  throw new UsageError(`invalid providers:\n${lines.join('\n')}`);
}

/** A document as JSON has it: later changes have no effect, and members without a value are left out. */
function copied(document: unknown, i: number): unknown {
  if (isTooDeep(document)) {
    throw new UsageError(`providers.${i}: is nested deeper than ${deepest} levels, or in a circle`);
  }
  try {
    const text = JSON.stringify(document) as string | undefined;
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch (error) {
    throw new UsageError(`providers.${i}: is no JSON: ${(error as Error).message}`);
  }
}

interface Placed {
  readonly document: unknown;
  /** The path of the document: `providers.0`. */
  readonly at: string;
}

function byName(documents: readonly unknown[]): { named: Map<string, Placed>; mistakes: Mistake[] } {
  const named = new Map<string, Placed>();
  const mistakes = documents.flatMap((document, i): Mistake[] => {
    const at = `providers.${i}`;
    if (typeof document !== 'object' || document === null) {
      return [{ path: at, message: 'expected a document of a provider' }];
    }
    const name: unknown = Reflect.get(document, 'name');
    if (typeof name !== 'string') {
      return [{ path: `${at}.name`, message: 'is required: the first segment of its paths' }];
    }
    const earlier = named.get(name);
    if (earlier !== undefined) return [{ path: `${at}.name`, message: `is also the name of ${earlier.at}` }];
    named.set(name, { document, at });
    return [];
  });
  return { named, mistakes };
}
