import { useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { ApiError } from '../../api/api-error.js';
import { playgroundClientId } from '../../playground-client.js';
import { world } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { CheckField, SelectField } from '../../parts/field.js';
import { Card } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { canHash, hashed, randomText } from './random.js';
import { callbackUrl, registerClient } from './register-client.js';
import { beginRun, nextAction, pkceChoices, statePlaceWords } from './run.js';
import { keepRun } from './runs.js';
import type { JSX } from 'preact';
import type { PageInfo } from '../../../client/index.js';
import type { Pkce, PlaygroundProvider, Run } from './run.js';

const pkceWords: Readonly<Record<Pkce, string>> = {
  none: 'None',
  S256: 'S256: the challenge is a hash of the verifier',
  plain: 'plain: the challenge is the verifier',
};

interface LoginProps {
  readonly provider: PlaygroundProvider;
  /** The login before. */
  readonly run: Run | undefined;
}

/** The choices of a login, and the buttons that begin it. */
export function Login({ provider, run }: LoginProps): JSX.Element {
  const [scopes, setScopes] = useState<readonly string[]>(run?.scope.split(' ').filter((each) => each !== '') ?? []);
  const [chosen, setPkce] = useState<Pkce>(run?.pkce ?? 'none');
  const { policy } = provider;
  const choices = pkceChoices(provider, canHash());
  const pkce = choices.includes(chosen) ? chosen : (choices[0] ?? 'none');

  const begin = async (): Promise<Run> => {
    const client = await registerClient(provider.name);
    const [state, verifier] = [randomText(), randomText()];
    const challenge = pkce === 'S256' ? await hashed(verifier) : verifier;
    const next = beginRun(provider, {
      world: world.value,
      client,
      callbackUrl,
      scopes,
      pkce,
      state,
      verifier,
      challenge,
    });
    keepRun(next);
    return next;
  };
  const logIn = useAction(async (isDenied: boolean) => {
    const next = await begin();
    location.assign(isDenied ? await denied(provider, next) : next.authorizeUrl);
  });
  return (
    <Card title={run === undefined ? 'Log in' : 'Log in again'}>
      <div class="stack">
        <ScopeChoice provider={provider} scopes={scopes} onScopes={setScopes} />
        <PkceChoice provider={provider} pkce={pkce} choices={choices} onPkce={setPkce} />
        <p class="quiet small">
          {statePlaceWords[provider.conventions.statePlace]} The client is <code>{playgroundClientId}</code>.
          {policy.interaction.mode === 'auto'
            ? ' The pages answer themselves in this world (interaction: auto).'
            : null}
          {run === undefined ? null : ' A new login replaces these steps and tokens.'}
        </p>
        <div class="actions">
          <Button
            kind={run === undefined || nextAction(run) === 'login' ? 'primary' : 'secondary'}
            isBusy={logIn.isBusy}
            onClick={() => {
              logIn.run(false);
            }}
          >
            Log in
          </Button>
          <Button
            isBusy={logIn.isBusy}
            onClick={() => {
              logIn.run(true);
            }}
            title="Asks for access, and answers the page with Deny"
          >
            Log in and deny
          </Button>
        </div>
        <ProblemNote problem={logIn.problem} />
      </div>
    </Card>
  );
}

interface ScopeChoiceProps {
  readonly provider: PlaygroundProvider;
  readonly scopes: readonly string[];
  readonly onScopes: (scopes: readonly string[]) => void;
}

function ScopeChoice({ provider, scopes, onScopes }: ScopeChoiceProps): JSX.Element | null {
  const names = provider.policy.scopeParameter === 'ignored' ? [] : Object.entries(provider.scopes);
  if (names.length === 0) return null;
  return (
    <details class="play-scopes" open={names.length < 4}>
      <summary>
        Scopes: {scopes.length === 0 ? 'none named, so the provider grants all it has by default' : scopes.join(' ')}
      </summary>
      {names.map(([scope, words]) => (
        <CheckField
          key={scope}
          label={
            <>
              <code>{scope}</code> <span class="quiet small">{words}</span>
            </>
          }
          isChecked={scopes.includes(scope)}
          onCheck={(isChecked) => {
            onScopes(isChecked ? [...scopes, scope] : scopes.filter((each) => each !== scope));
          }}
        />
      ))}
    </details>
  );
}

interface PkceChoiceProps {
  readonly provider: PlaygroundProvider;
  readonly pkce: Pkce;
  readonly choices: readonly Pkce[];
  readonly onPkce: (pkce: Pkce) => void;
}

function PkceChoice({ provider: { policy, title }, pkce, choices, onPkce }: PkceChoiceProps): JSX.Element {
  if (choices.length === 1) {
    return <p class="quiet small">PKCE: {policy.pkce === 'ignored' ? `${title} ignores it.` : pkceWords[pkce]}</p>;
  }
  return (
    <SelectField
      label="PKCE"
      value={pkce}
      choices={choices.map((value) => ({ value, text: pkceWords[value] }))}
      onChoice={(value) => {
        onPkce(value as Pkce);
      }}
    />
  );
}

/** Opens the login page without showing it, denies in place of a person, and returns where the browser goes then. */
async function denied({ name }: PlaygroundProvider, { authorizeUrl, redirectUri }: Run): Promise<string> {
  const { url, status } = await fetch(authorizeUrl, { headers: { accept: 'text/html' } }).catch(() => {
    throw new ApiError(0, { detail: 'The provider did not answer the authorization request.' });
  });
  // pages that answer themselves
  if (url.startsWith(callbackUrl)) return url;
  const path = `/providers/${name}/authorizations`;
  const { authorizations } = await call<{ readonly authorizations: readonly PageInfo[] }>(
    'GET',
    `${path}?status=waiting`,
  );
  const page = authorizations.findLast(
    (each) => each.clientId === playgroundClientId && each.redirectUri === redirectUri,
  );
  if (page === undefined) {
    throw new ApiError(status, {
      detail: `The provider answered with status ${status}, and no page that can be denied.`,
    });
  }
  return (await call<{ readonly redirectTo: string }>('POST', `${path}/${page.id}/deny`, {})).redirectTo;
}
