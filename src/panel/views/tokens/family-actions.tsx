import { call, providerPath } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { counted } from '../../format.js';
import { say } from '../../parts/announcer.js';
import { AskButton } from '../../parts/ask-button.js';
import { Button } from '../../parts/button.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { holderOf } from '../../parts/holder.js';
import { liveCount, revokeWarning } from './family-text.js';
import type { JSX } from 'preact';
import type { Family } from '../../../client/index.js';

const ends = [
  { how: 'expire', word: 'Expire', kind: 'secondary' },
  { how: 'revoke', word: 'Revoke', kind: 'danger' },
] as const;

/** What can be done with all tokens of a family. */
export function FamilyActions({ family }: { readonly family: Family }): JSX.Element {
  const base = providerPath(family.provider);
  const grantId = family.id;
  const isCodeLive = family.code?.status === 'live';
  const expireAccess = useAction(async () => {
    const { expired } = await call<{ expired: number }>('POST', `${base}/tokens/expire`, { grantId, kind: 'access' });
    say(`Expired ${counted(expired, 'access token')}`);
  });
  return (
    <div class="family-actions">
      <div class="actions">
        <Button isDisabled={liveCount(family, 'access') === 0} isBusy={expireAccess.isBusy} onClick={expireAccess.run}>
          Expire the access tokens
        </Button>
        {ends.map(({ how, word, kind }) => (
          <AskButton
            key={how}
            kind={kind}
            label={`${word} all…`}
            title={`${word} all tokens of ${holderOf(family)} in this family?`}
            does={`${word} all`}
            isDisabled={liveCount(family) === 0 && !isCodeLive}
            act={async () => {
              const ended = await call<{ expired?: number; revoked?: number }>('POST', `${base}/tokens/${how}`, {
                grantId,
              });
              if (isCodeLive) await call('POST', `${base}/codes/expire`, { grantId });
              say(`${word}d ${counted(ended.expired ?? ended.revoked ?? 0, 'token')}`);
            }}
          >
            {revokeWarning(family)}
          </AskButton>
        ))}
      </div>
      <ProblemNote problem={expireAccess.problem} />
    </div>
  );
}
