import { firstMistakes } from '../../input/mistake.js';
import { standardProvider } from '../standard-provider.js';
import { tryProvider } from './define-provider.js';
import { hostMistakes } from './host-collisions.js';
import { rightParts } from './right-parts.js';
import { isWithin, surenessOf } from './unsure-parts.js';
import type { Mistake } from '../../input/mistake.js';
import type { Provider } from '../provider.js';
import type { Basis, Defined } from './define-provider.js';
import type { ProviderDocument } from './schema/document.js';

/** A document as it was given, with the mistakes of what it says by itself. */
export interface Draft {
  /** Has the type of the schema if `inSchema` is empty. */
  readonly document: unknown;
  readonly inSchema: readonly Mistake[];
  /** Mistakes in the name that it is given, and in the one that it has itself. */
  readonly inName: readonly Mistake[];
}

/** What a draft is judged with. */
export interface Judging extends Pick<Basis, 'name' | 'find' | 'budget'> {
  /** The provider that the document is like. */
  readonly like: FoundLike;
  /** Providers of other names that are served beside it. */
  readonly others: Iterable<Provider>;
  readonly check: (document: unknown) => readonly Mistake[];
}

/** The provider that a document is like; or why there is none, and the one that was probably meant. */
export type FoundLike =
  | { readonly provider: Provider; readonly mistake?: undefined }
  | { readonly provider: Provider | undefined; readonly mistake: Mistake };

/**
 * Makes the provider of a draft, or tells all its mistakes at once: those of its parts that are right by themselves,
 * such as templates, beside those of the others.
 */
export function judge({ document, inSchema, inName }: Draft, judging: Judging): Defined {
  const { name, like, find, others, check, budget } = judging;
  const before = [...inName, ...inSchema, ...(like.mistake === undefined ? [] : [like.mistake])];
  const parts = inSchema.length === 0 ? asItIs(document) : rightParts(document, inSchema, check);
  if (parts === undefined) return { provider: undefined, mistakes: firstMistakes(before) };
  const unsure = like.provider === undefined ? [...parts.leftOut, 'like'] : parts.leftOut;
  const { provider, mistakes } = tryProvider(parts.value as ProviderDocument, {
    name,
    like: like.provider ?? standardProvider,
    find,
    ...(budget === undefined ? {} : { budget }),
    isSure: surenessOf(unsure, parts.pathInWhole),
  });
  const inHosts = unsure.includes('hosts') ? [] : hostMistakes(provider, others);
  const inParts = [...mistakes, ...inHosts]
    .map(({ path, message }) => ({ path: parts.pathInWhole(path), message }))
    .filter(({ path }) => inSchema.every((each) => !isWithin(path, each.path)));
  const all = firstMistakes([...before, ...inParts]);
  return all.length === 0 ? { provider, mistakes: [] } : { provider: undefined, mistakes: all };
}

const asItIs = (value: unknown): ReturnType<typeof rightParts> => ({ value, pathInWhole: (path) => path, leftOut: [] });
