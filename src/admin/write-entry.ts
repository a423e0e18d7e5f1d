import { briefText } from '../world/journal/brief-view.js';
import { viewText } from '../world/journal/entry-view.js';
import type { JournalEntry } from '../world/journal/entry.js';
import type { World } from '../world/world.js';

/** Writes an entry as JSON. */
export type WriteEntry = (entry: JournalEntry, world: World) => string;

/** How a call writes entries: whole, or in brief with `brief=true`. */
export const writerOf = (brief: 'true' | 'false' | undefined): WriteEntry => (brief === 'true' ? briefText : viewText);
