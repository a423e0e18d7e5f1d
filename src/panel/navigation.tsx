import { computed, signal } from '@preact/signals';
import { readRoute, writeRoute } from './route.js';
import type { ComponentChildren, JSX } from 'preact';
import type { Route } from './route.js';

const current = (): Route => readRoute(location.pathname, location.search);

/** The route of the page. Change it with `go`. */
export const route = signal(current());
/** The world that the page shows. */
export const world = computed(() => route.value.world);

addEventListener('popstate', () => {
  route.value = current();
});

/** A change of the route. A new view drops the filters, unless some are given. */
export interface RouteChange {
  readonly view?: string;
  readonly world?: string;
  readonly filters?: Readonly<Record<string, string>>;
}

/** The route after a change. */
export function changed(change: RouteChange): Route {
  const { view, world: shown, filters } = route.value;
  const next = change.view ?? view;
  const given = change.filters ?? (next === view && change.world === undefined ? filters : {});
  // another entry or flow is one of the journal that is read now
  const isLinked = given.flow ? given.flow === filters.flow : given.entry === filters.entry;
  return {
    view: next,
    world: change.world ?? shown,
    filters: Object.fromEntries(
      Object.entries(given).filter(([name, value]) => value !== '' && (isLinked || name !== 'journal')),
    ),
  };
}

/** Goes to another route. With `replace`, Back does not return to the present one. */
export function go(change: RouteChange, { replace = false } = {}): void {
  const next = changed(change);
  const url = writeRoute(next);
  if (replace) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
  const isOtherView = next.view !== route.value.view;
  route.value = next;
  if (isOtherView) scrollTo(0, 0);
}

/** Sets filters in the URL and keeps the others. An empty text removes a filter. */
export function setFilters(filters: Readonly<Record<string, string>>, options?: { readonly replace?: boolean }): void {
  go({ filters: { ...route.value.filters, ...filters } }, options);
}

/** A filter of the URL. Undefined if it is not set. */
export const filter = (name: string): string | undefined => route.value.filters[name];

interface LinkProps extends RouteChange {
  readonly children: ComponentChildren;
  readonly class?: string;
  readonly title?: string;
  readonly 'aria-label'?: string;
  readonly isCurrent?: boolean;
  /** Set for a link that opens something in its place. */
  readonly isExpanded?: boolean;
}

/** A link to a route. It has a URL of its own, so it can be opened in another tab. */
export function Link({
  children,
  class: className,
  title,
  'aria-label': label,
  isCurrent = false,
  isExpanded,
  ...change
}: LinkProps): JSX.Element {
  return (
    <a
      class={className}
      title={title}
      aria-label={label}
      aria-current={isCurrent ? 'page' : undefined}
      aria-expanded={isExpanded}
      href={writeRoute(changed(change))}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go(change);
      }}
    >
      {children}
    </a>
  );
}
