/** The views of the panel, in the order of the navigation. */
export const viewNames = [
  'start',
  'playground',
  'timeline',
  'tokens',
  'clock',
  'faults',
  'scenarios',
  'findings',
  'exam',
  'worlds',
  'settings',
] as const;
/** A view of the panel. It is the last segment of its URL. */
export type ViewName = (typeof viewNames)[number];

/** What the URL of the panel says. */
export interface Route {
  /** The last segment of the path. It may name no view. */
  readonly view: string;
  readonly world: string;
  /** All other parameters of the query: filters, the open entry. A parameter without a value is left out. */
  readonly filters: Readonly<Record<string, string>>;
}

/** Whether a segment of the path names a view. */
export const isViewName = (name: string): name is ViewName => (viewNames as readonly string[]).includes(name);

/** Reads the path and the query of a URL below `/__admin/ui/`. */
export function readRoute(path: string, query: string): Route {
  const { world = 'default', ...filters } = Object.fromEntries(new URLSearchParams(query));
  return {
    view: path.slice(path.lastIndexOf('/') + 1) || 'start',
    world: world === '' ? 'default' : world,
    filters: Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== '')),
  };
}

/** Writes a route as a URL that is relative to the folder of the panel. */
export function writeRoute({ view, world, filters }: Route): string {
  const query = new URLSearchParams();
  if (world !== 'default') query.set('world', world);
  for (const [name, value] of Object.entries(filters)) if (value !== '') query.set(name, value);
  return query.size === 0 ? view : `${view}?${query.toString()}`;
}
