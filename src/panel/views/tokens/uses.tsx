import { counted, dayAndTime, timeInUtc } from '../../format.js';
import { Link } from '../../navigation.js';
import { useWords } from './family-text.js';
import type { JSX } from 'preact';
import type { Use } from '../../../client/index.js';

interface UsesProps {
  readonly uses: readonly Use[];
  /** The number of all uses: `uses` may be the latest ones alone. */
  readonly count: number;
}

/** Who used a token or a code, and when: links to the entries of the timeline. */
export function Uses({ uses, count }: UsesProps): JSX.Element {
  if (count === 0) return <p class="quiet small uses">not used</p>;
  return (
    <p class="small uses">
      <span class="quiet">
        used {count === 1 ? 'once' : counted(count, 'time')}
        {uses.length < count ? `, the last ${uses.length}` : ''}
      </span>
      {uses.map(({ entry, at, endpoint, status }) => (
        <Link
          key={entry}
          view="timeline"
          filters={{ entry: String(entry) }}
          class={status !== null && status < 400 ? 'use' : 'use failed'}
          title={`Entry ${entry}, ${timeInUtc(at)}`}
        >
          {useWords(endpoint, status)} <span class="quiet">{dayAndTime(at).slice(0, 14)}</span>
        </Link>
      ))}
    </p>
  );
}
