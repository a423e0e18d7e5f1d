import { isMap, isScalar, isSeq } from 'yaml';
import type { Document, Node, Range } from 'yaml';

/** The offset of a member's name in the text. If the member is missing, the offset of the nearest node around it. */
export function offsetOf({ contents }: Document, path: string): number {
  let steps = path === '' ? [] : path.split('.');
  let node: unknown = contents;
  let offset = startOf(contents);
  while (steps.length > 0) {
    const step = enter(node, steps);
    if (step === undefined) return offset;
    ({ node, offset, rest: steps } = step);
  }
  return offset;
}

/** The offset of a node that was parsed from text. */
export const startOf = (node: unknown): number => ((node as Node).range as Range)[0];

interface Step {
  readonly node: unknown;
  readonly offset: number;
  readonly rest: string[];
}

/** Goes one level down. A member name may contain dots, as error reasons do: the longest name that exists is taken. */
function enter(node: unknown, steps: readonly string[]): Step | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(steps[0])];
    // a mistake can be about a member of an object, where the document has a list
    if (item === undefined) return undefined;
    return { node: item, offset: startOf(item), rest: steps.slice(1) };
  }
  if (!isMap(node)) return undefined;
  for (let length = steps.length; length > 0; length -= 1) {
    const name = steps.slice(0, length).join('.');
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
    if (pair !== undefined) return { node: pair.value, offset: startOf(pair.key), rest: steps.slice(length) };
  }
  return undefined;
}
