import { realNow } from '../../clock-state.js';
import { timeInUtc } from '../../format.js';
import { whenInWords } from '../../life.js';
import { Link, route, world } from '../../navigation.js';
import { Badge } from '../../parts/badge.js';
import { ClockBadge } from '../../parts/clock-badge.js';
import { DropWorld, ResetWorld } from './world-confirm.js';
import type { JSX } from 'preact';
import type { WorldInfo } from '../../../client/index.js';

interface WorldRowProps {
  readonly info: WorldInfo;
}

/** A world in the list. */
export function WorldRow({ info }: WorldRowProps): JSX.Element {
  const { id, scenario, seed, clock, dropsAt } = info;
  const isShown = id === world.value;
  return (
    <tr class={isShown ? 'shown-world' : undefined}>
      <th scope="row" data-label="World">
        <Link view="worlds" world={id} filters={route.value.filters} title={`Switch to ${id}`}>
          {id}
        </Link>{' '}
        {isShown ? <Badge tone="info">shown</Badge> : null}
      </th>
      <td data-label="Scenario">{scenario ?? <span class="quiet">inline</span>}</td>
      <td data-label="Seed">{seed === null ? <span class="quiet">random</span> : <code>{seed}</code>}</td>
      <td data-label="Clock">
        <span class="clock">{timeInUtc(clock.now)}</span> <ClockBadge of={clock} now={Date.parse(clock.now)} />
      </td>
      <td data-label="Dropped">{dropsAt ? whenInWords(dropsAt, realNow.value) : <span class="quiet">never</span>}</td>
      <td class="world-actions">
        <Link class="button quiet" view="timeline" world={id} aria-label={`Timeline of ${id}`}>
          Timeline
        </Link>
        <ResetWorld id={id} />
        {id === 'default' ? null : <DropWorld id={id} />}
      </td>
    </tr>
  );
}
