import { nearest } from '../../input/did-you-mean.js';
import { EndpointsSchema } from './schema/endpoints.js';
import { ProviderSchema } from './schema/document.js';
import { ResourceSchema } from './schema/resource.js';
import type { IsSure } from './is-sure.js';

/** Parts of which others use the names alone: a mistake inside a scope leaves it a scope. */
const usedByName: ReadonlySet<string> = new Set(['scopes', 'variables']);

/** Objects in which a misspelt member takes the place of another: where in a path their members are, and which. */
const closedObjects: readonly (readonly [root: string | undefined, at: number, members: readonly string[]])[] = [
  [undefined, 0, Object.keys(ProviderSchema.properties)],
  ['endpoints', 1, Object.keys(EndpointsSchema.properties)],
  ['resources', 2, Object.keys(ResourceSchema.properties)],
];

/**
 * Which parts of a document are as it says, beside those that are left out.
 *
 * @param leftOut paths in the whole document
 * @param pathInWhole the path there of one in the parts that remain
 */
export function surenessOf(leftOut: readonly string[], pathInWhole: (path: string) => string): IsSure {
  const unsure = leftOut.map(meantBy).filter((path) => path !== undefined);
  return (...paths) =>
    paths.map(pathInWhole).every((path) =>
      unsure.every((each) => {
        const isInside = !usedByName.has(path) && isWithin(each, path);
        return !isInside && !isWithin(path, each);
      }),
    );
}

/** Whether a path is that of a part, or of something inside. */
export const isWithin = (path: string, whole: string): boolean => path === whole || path.startsWith(`${whole}.`);

/** The path that a misspelt member was meant to have. Undefined: none of those that the object can have. */
function meantBy(path: string): string | undefined {
  const segments = path.split('.');
  for (const [root, at, members] of closedObjects) {
    const name = segments[at];
    if (name === undefined || members.includes(name) || (root !== undefined && root !== segments[0])) continue;
    const near = nearest(name, members);
    return near === undefined ? undefined : [...segments.slice(0, at), near].join('.');
  }
  return path;
}
