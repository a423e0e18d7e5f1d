import { callServer, worldPath } from '../api/call.js';
import { useAction } from '../api/use-action.js';
import { connectNow } from '../journal/follow.js';
import { Link, world } from '../navigation.js';
import { Button } from '../parts/button.js';
import { Empty } from '../parts/empty.js';
import { Page } from '../parts/page.js';
import { ProblemNote } from '../parts/problem-note.js';
import type { JSX } from 'preact';

/** Says that the world of the URL does not exist, and leads on. */
export function WorldGone(): JSX.Element {
  const make = useAction(async () => {
    await callServer('PUT', worldPath(world.value), {});
    connectNow();
  });
  const canExist = /^[\w-]{1,64}$/.test(world.value);
  return (
    <Page title="This world does not exist">
      <Empty title={`There is no world “${world.value}” any more, or not yet.`}>
        <p>
          {canExist
            ? 'A test drops its world at its end. A world is also dropped after some time without requests.'
            : 'No world can have this name. Allowed are letters, digits, _ and -, at most 64.'}
        </p>
        <ProblemNote problem={make.problem} />
        <div class="actions">
          {canExist ? (
            <Button kind="primary" isBusy={make.isBusy} onClick={make.run}>
              Make it
            </Button>
          ) : null}
          <Link class="button secondary" view="worlds" world="default">
            See all worlds
          </Link>
        </div>
      </Empty>
    </Page>
  );
}
