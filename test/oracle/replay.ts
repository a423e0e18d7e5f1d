import { readFileSync } from 'node:fs';
import { observe } from './observed.js';
import type { Case, Observer } from './case.js';
import type { DottedSign } from './dotted-sign.js';
import type { Observation } from './observed.js';

/** What one case saw: by its labels, an answer or a fact. */
export type Story = Readonly<Record<string, Observation>>;

/** The file `golden.json`. */
export interface Golden {
  /** The versions of Doorkeeper, Rails and Rack that gave the answers. */
  readonly version: Readonly<Record<string, unknown>>;
  readonly cases: Readonly<Record<string, Story>>;
}

/** The answers of Doorkeeper with DottedSign's published settings, by the ids of the cases. */
export const golden = JSON.parse(readFileSync(new URL('golden.json', import.meta.url), 'utf8')) as Golden;

/** Plays a case at Understudy. */
export async function play(server: DottedSign, { play: story }: Case): Promise<Story> {
  const seen: Record<string, Observation> = {};
  const observer: Observer = Object.assign(
    (...[label, answer, selection]: Parameters<Observer>) => {
      seen[label] = observe(answer, selection);
    },
    {
      fact(label: string, value: string | number | boolean) {
        seen[label] = { fact: value };
      },
    },
  );
  try {
    await story(server, observer);
  } catch (error) {
    seen['(failed)'] = { fact: String(error).replaceAll(/[A-Za-z0-9_-]{43}/g, '<43>') };
  }
  return seen;
}

/** The differences of two stories, a line each. */
export function differences(theirs: Story, ours: Story): string[] {
  const labels = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  return [...labels].flatMap((label) =>
    Object.entries(changes(theirs[label] ?? {}, ours[label] ?? {})).map(
      ([field, [was, is]]) => `${label} · ${field}: Doorkeeper ${String(was)}, Understudy ${String(is)}`,
    ),
  );
}

type Value = Observation[string] | undefined;

/** The parts that differ. */
function changes(theirs: Observation, ours: Observation): Record<string, [Value, Value]> {
  const fields = new Set([...Object.keys(theirs), ...Object.keys(ours)]);
  return Object.fromEntries(
    [...fields]
      .map((field): [string, [Value, Value]] => [field, [theirs[field], ours[field]]])
      .filter(([, [was, is]]) => was !== is),
  );
}
