import { useEffect, useRef } from 'preact/hooks';
import { connection, restartedAt } from '../api/connection.js';
import { timeInUtc } from '../format.js';
import { say } from '../parts/announcer.js';
import type { JSX } from 'preact';

/** Says that the server does not answer, and that it is back. */
export function ConnectionNote(): JSX.Element | null {
  const state = connection.value;
  const wasLost = useRef(false);
  useEffect(() => {
    if (state === 'lost') wasLost.current = true;
    if (state !== 'live' || !wasLost.current) return;
    wasLost.current = false;
    say('Connected again. The journal was read anew.');
  }, [state]);
  const started = restartedAt.value;
  if (state !== 'lost') {
    return started === undefined ? null : (
      <p class="note" role="status">
        The server was started again at {timeInUtc(started)} UTC: its journal begins anew.
      </p>
    );
  }
  return (
    <div class="note warning" role="alert">
      <p>The connection to the server was lost. Trying again… What you see is from before.</p>
    </div>
  );
}
