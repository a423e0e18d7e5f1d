import { call, providerPath } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { say } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import { CopyButton } from '../../parts/copy-button.js';
import { LifeBar } from '../../parts/life-bar.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Uses } from './uses.js';
import type { JSX } from 'preact';
import type { Use } from '../../../client/index.js';
import { kindWords } from '../../life.js';
import type { Life } from '../../life.js';

interface SecretLineProps {
  readonly provider: string;
  readonly kind: 'code' | 'access' | 'refresh';
  /** As the journal shows it. */
  readonly name: string;
  /** The code or the token itself. Undefined until it was read. */
  readonly value: string | undefined;
  readonly life: Life;
  readonly uses: readonly Use[];
  readonly useCount: number;
}

/** A code or a token with its life, its uses, and what can be done with it. */
export function SecretLine({ provider, kind, name, value, life, uses, useCount }: SecretLineProps): JSX.Element {
  const base = providerPath(provider);
  const what = `the ${kindWords[kind]} ${name}`;
  const action = useAction((perform: () => Promise<void>) => perform());
  const expire = async (): Promise<void> => {
    await (kind === 'code'
      ? call('POST', `${base}/codes/expire`, { code: value })
      : call('POST', `${base}/tokens/expire`, { token: value }));
    say(`Expired ${what}`);
  };
  const revoke = async (): Promise<void> => {
    await call('POST', `${base}/tokens/revoke`, { token: value });
    say(`Revoked ${what}`);
  };
  const isLive = life.status === 'live';
  return (
    <div class="secret-line">
      <p>
        <span class="strong">{kind}</span> <code class="quiet">{name}</code>
      </p>
      <LifeBar life={life} />
      <div class="secret-actions">
        {value === undefined ? null : <CopyButton text={value} what={what} />}
        {isLive && value !== undefined ? (
          <Button
            kind="quiet"
            isBusy={action.isBusy}
            aria-label={`Expire ${what}`}
            onClick={() => {
              action.run(expire);
            }}
          >
            Expire
          </Button>
        ) : null}
        {isLive && value !== undefined && kind !== 'code' ? (
          <Button
            kind="quiet"
            isBusy={action.isBusy}
            aria-label={`Revoke ${what}`}
            onClick={() => {
              action.run(revoke);
            }}
          >
            Revoke
          </Button>
        ) : null}
      </div>
      <Uses uses={uses} count={useCount} />
      <ProblemNote problem={action.problem} />
    </div>
  );
}
