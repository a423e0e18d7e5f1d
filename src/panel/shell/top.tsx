import { callServer } from '../api/call.js';
import { connection } from '../api/connection.js';
import { useData } from '../api/use-data.js';
import { clockReading, virtualNow } from '../clock-state.js';
import { timeInUtc } from '../format.js';
import { Link, go, world } from '../navigation.js';
import { ClockBadge } from '../parts/clock-badge.js';
import type { JSX } from 'preact';
import type { WorldInfo } from '../../client/index.js';

/** Number of worlds in the menu. The view of the worlds has all. */
const listed = 50;
const allWorlds = '*';

/** The head of the page: brand, world, clock, state of the connection. */
export function Top(): JSX.Element {
  return (
    <header class="top">
      <Link class="brand" view="start">
        <svg class="mark" viewBox="0 0 32 24" aria-hidden="true" focusable="false">
          <circle cx="12" cy="12" r="10" class="mark-solid" />
          <circle cx="20" cy="12" r="10" class="mark-ring" />
        </svg>
        <span>Understudy</span>
      </Link>
      <WorldMenu />
      <ClockLink />
      <ConnectionBadge />
    </header>
  );
}

function WorldMenu(): JSX.Element {
  const { data } = useData(
    () => callServer<{ worlds: WorldInfo[]; total: number }>('GET', `/worlds?limit=${listed}`),
    [],
    5000,
  );
  const shown = world.value;
  const ids = [...new Set(['default', shown, ...(data?.worlds ?? []).map(({ id }) => id)])];
  return (
    <label class="world-menu">
      <span>World</span>
      <select
        value={shown}
        onChange={({ currentTarget }) => {
          if (currentTarget.value === allWorlds) go({ view: 'worlds' });
          else go({ world: currentTarget.value });
          currentTarget.value = world.value;
        }}
      >
        {ids.map((id) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
        <option value={allWorlds}>All worlds…</option>
      </select>
    </label>
  );
}

function ClockLink(): JSX.Element | null {
  const now = virtualNow();
  const state = clockReading.value?.state;
  if (now === undefined || state === undefined) return null;
  return (
    <Link class="top-clock" view="clock" title="Clock of this world">
      <span class="hidden">Clock</span>
      <time title="Virtual time of this world, in UTC">{timeInUtc(now)} UTC</time>
      <ClockBadge of={state} now={now} />
    </Link>
  );
}

const words = { connecting: 'Connecting', live: 'Live', lost: 'Lost', gone: 'Gone', refused: 'Refused' } as const;

function ConnectionBadge(): JSX.Element {
  return (
    <span class={`live state-${connection.value}`} title="State of the connection to the server">
      <span class="dot" aria-hidden="true" />
      {words[connection.value]}
    </span>
  );
}
