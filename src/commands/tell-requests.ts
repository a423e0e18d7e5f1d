import { hiding } from '../http/log.js';
import { viewEntry } from '../world/journal/entry-view.js';
import { requestLine } from './request-line.js';
import { TerminalLines } from './terminal.js';
import type { EntryView } from '../world/journal/entry-view.js';
import type { JournalEntry } from '../world/journal/entry.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';
import type { Surroundings } from './surroundings.js';
import type { Terminal } from './terminal.js';

/** Lines of worlds with a longer id are not aligned with the others. In characters. */
const widestWorld = 24;

type Environment = Surroundings['env'];

/** Writes a line to the terminal for each request that ends, in any world. */
export function tellRequests(worlds: Worlds, terminal: Terminal, env: Environment): TerminalLines {
  const lines = new TerminalLines(terminal);
  const style = {
    worldWidth: 0,
    hasColours: hasColours(terminal, env),
    providerWidth: Math.max(...worlds.providers.map(({ name }) => name.length)),
  };
  worlds.whenRequestEnds((entry, world) => {
    style.worldWidth = Math.min(widestWorld, Math.max(style.worldWidth, world.id.length));
    lines.add(() => requestLine({ world: world.id, view: hidden(entry, world), ending: entry.ending }, style));
  });
  return lines;
}

/** Node knows FORCE_COLOR, NO_COLOR and TERM. For Node 20, also an empty NO_COLOR counts (https://no-color.org). */
function hasColours(terminal: Terminal, { NO_COLOR, ...env }: Environment): boolean {
  return terminal.hasColors(NO_COLOR === '' ? env : { ...env, NO_COLOR });
}

/**
 * The part of an entry that its line shows, without secrets, also in a world whose journal shows them in plain text.
 * Redaction of a whole entry takes longer than many requests. An explanation can quote what the client sent, so secrets
 * are looked for there, but not in the answer. The line of a success shows only the path.
 */
function hidden(entry: JournalEntry, world: World): EntryView {
  const quotesNothing = entry.reason === undefined && entry.fault === undefined;
  const shown = {
    ...entry,
    ...(quotesNothing ? { headers: {}, body: undefined } : {}),
    responseHeaders: undefined,
    responseBody: undefined,
    // the view of a part must not be kept as the view of the entry
    weight: 0,
  };
  return viewEntry(shown, { ...hiding(world), views: world.views });
}
