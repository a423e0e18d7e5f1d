import { ApiError } from '../../api/api-error.js';
import { call } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { Button } from '../../parts/button.js';
import { CopyValue } from '../../parts/copy-value.js';
import { LifeBar } from '../../parts/life-bar.js';
import { Card } from '../../parts/page.js';
import type { JSX } from 'preact';
import type { TokenInfo } from '../../../client/index.js';
import type { Run } from './run.js';

interface TokensProps {
  readonly provider: string;
  readonly run: Run;
  readonly onExpire: (token: string) => void;
  readonly onRevoke: (token: string) => void;
}

/** The tokens of a run, and what is left of their lives. */
export function Tokens({ run, ...others }: TokensProps): JSX.Element {
  const { accessToken, refreshToken } = run;
  return (
    <Card title="Tokens">
      {accessToken === undefined ? null : <Token title="Access token" token={accessToken} {...others} />}
      {refreshToken === undefined ? (
        <p class="quiet">There is no refresh token.</p>
      ) : (
        <Token title="Refresh token" token={refreshToken} {...others} />
      )}
    </Card>
  );
}

interface TokenProps extends Omit<TokensProps, 'run'> {
  readonly title: string;
  readonly token: string;
}

function Token({ provider, title, token, onExpire, onRevoke }: TokenProps): JSX.Element {
  const { data } = useData(
    () =>
      call<TokenInfo>('GET', `/providers/${provider}/tokens/${encodeURIComponent(token)}`).catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 404) return 'unknown' as const;
        throw error;
      }),
    [provider, token],
  );
  return (
    <section class="play-token" aria-label={title}>
      <header>
        <h3>{title}</h3>
        {data === undefined ? null : data === 'unknown' ? (
          <span class="quiet small">The world was reset, or the token was removed.</span>
        ) : (
          <LifeBar life={data} />
        )}
      </header>
      <CopyValue text={token} what={title.toLowerCase()} />
      <div class="actions">
        <Button
          onClick={() => {
            onExpire(token);
          }}
          aria-label={`Expire the ${title.toLowerCase()}`}
        >
          Expire
        </Button>
        <Button
          onClick={() => {
            onRevoke(token);
          }}
          aria-label={`Revoke the ${title.toLowerCase()}`}
        >
          Revoke
        </Button>
      </div>
    </section>
  );
}
