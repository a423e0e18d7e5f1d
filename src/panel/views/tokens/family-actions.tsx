import { useState } from 'preact/hooks';
import { call, providerPath } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { counted } from '../../format.js';
import { say } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import { Confirm } from '../../parts/confirm.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { holderOf } from '../../parts/holder.js';
import { liveCount, revokeWarning } from './family-text.js';
import type { JSX } from 'preact';
import type { Family } from '../../../client/index.js';

/** What can be done with all tokens of a family. */
export function FamilyActions({ family }: { readonly family: Family }): JSX.Element {
  const [asked, ask] = useState<'expire' | 'revoke'>();
  const base = providerPath(family.provider);
  const grantId = family.id;
  const endCode = (): Promise<unknown> =>
    family.code?.status === 'live' ? call('POST', `${base}/codes/expire`, { grantId }) : Promise.resolve();
  const expireAccess = useAction(async () => {
    const { expired } = await call<{ expired: number }>('POST', `${base}/tokens/expire`, { grantId, kind: 'access' });
    say(`Expired ${counted(expired, 'access token')}`);
  });
  const end = useAction(async (how: 'expire' | 'revoke') => {
    const ended = await call<{ expired?: number; revoked?: number }>('POST', `${base}/tokens/${how}`, { grantId });
    await endCode();
    say(`${how === 'expire' ? 'Expired' : 'Revoked'} ${counted(ended.expired ?? ended.revoked ?? 0, 'token')}`);
    ask(undefined);
  });
  const isOver = liveCount(family) === 0 && family.code?.status !== 'live';
  const askFor = (how: 'expire' | 'revoke') => () => {
    end.forget();
    ask(how);
  };
  return (
    <div class="family-actions">
      <div class="actions">
        <Button isDisabled={liveCount(family, 'access') === 0} isBusy={expireAccess.isBusy} onClick={expireAccess.run}>
          Expire the access tokens
        </Button>
        <Button isDisabled={isOver} onClick={askFor('expire')}>
          Expire all…
        </Button>
        <Button kind="danger" isDisabled={isOver} onClick={askFor('revoke')}>
          Revoke all…
        </Button>
      </div>
      <ProblemNote problem={expireAccess.problem} />
      {asked === undefined ? null : (
        <Confirm
          title={`${asked === 'expire' ? 'Expire' : 'Revoke'} all tokens of ${holderOf(family)} in this family?`}
          does={asked === 'expire' ? 'Expire all' : 'Revoke all'}
          isBusy={end.isBusy}
          problem={end.problem}
          onConfirm={() => {
            end.run(asked);
          }}
          onClose={() => {
            ask(undefined);
          }}
        >
          <p>{revokeWarning(family)}</p>
        </Confirm>
      )}
    </div>
  );
}
