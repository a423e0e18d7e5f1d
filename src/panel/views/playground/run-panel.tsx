import { useState } from 'preact/hooks';
import { conventionsOf } from '../../client-setup.js';
import { go } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { TextField } from '../../parts/field.js';
import { Card } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { apiRequest, exchangeRequest, refreshRequest, revokeRequest } from './run.js';
import { titles } from './texts.js';
import { Tokens } from './tokens.js';
import { useSteps } from './use-steps.js';
import { Form } from '../../parts/form.js';
import type { JSX } from 'preact';
import type { PlaygroundProvider, Run } from './run.js';

interface RunPanelProps {
  readonly provider: PlaygroundProvider;
  readonly run: Run;
}

/** What the client can do after a login, and its tokens. */
export function RunPanel({ provider, run }: RunPanelProps): JSX.Element {
  const actions = useSteps(run);
  const [path, setPath] = useState(conventionsOf(provider.name).apiPath);
  const { send, steer, waiting } = actions;
  const { code, isCodeSpent = false, accessToken, refreshToken } = run;
  const at = `/providers/${provider.name}/tokens`;
  const expire = (token: string): void => {
    steer('expire', 'POST', `${at}/expire`, { token });
  };
  const revoke = (token: string): void => {
    const request = revokeRequest(provider, run, token);
    if (request === undefined) steer('revoke', 'DELETE', `${at}/${encodeURIComponent(token)}`);
    else send('revoke', request);
  };
  if (code === undefined) return <Waiting run={run} />;
  const isDone = accessToken !== undefined;
  return (
    <>
      <Card title="What the client does">
        <div class="stack">
          <div class="actions">
            <Button
              kind={isCodeSpent ? 'secondary' : 'primary'}
              isDisabled={isCodeSpent}
              isBusy={waiting === 'exchange'}
              onClick={() => {
                send('exchange', exchangeRequest(provider, run));
              }}
            >
              Exchange the code
            </Button>
            <Button
              isDisabled={refreshToken === undefined}
              isBusy={waiting === 'refresh'}
              onClick={() => {
                send('refresh', refreshRequest(provider, run));
              }}
            >
              Refresh
            </Button>
          </div>
          <Form
            class="row play-api"
            onSend={() => {
              send('api', apiRequest(provider, run, path));
            }}
          >
            <TextField label="Path of the API" value={path} onText={setPath} />
            <Button
              type="submit"
              kind={isDone ? 'primary' : 'secondary'}
              isDisabled={!isDone}
              isBusy={waiting === 'api'}
            >
              Call the API
            </Button>
          </Form>
          {waiting === undefined ? null : (
            <p class="play-waiting" role="status">
              {titles[waiting]}: waiting for the answer… <Button onClick={actions.cancel}>Cancel</Button>
            </p>
          )}
        </div>
      </Card>
      {isDone ? <Tokens provider={provider.name} run={run} onExpire={expire} onRevoke={revoke} /> : null}
      <Card title="What can go wrong">
        <div class="actions">
          <Button
            isDisabled={!isCodeSpent}
            isBusy={waiting === 'replay'}
            onClick={() => {
              send('replay', exchangeRequest(provider, run));
            }}
          >
            Replay the code
          </Button>
          <Button
            isBusy={waiting === 'wrong-secret'}
            onClick={() => {
              const wrong = `not-${run.clientSecret}`;
              const request = refreshToken === undefined ? exchangeRequest : refreshRequest;
              send('wrong-secret', request(provider, run, wrong));
            }}
          >
            Send a wrong secret
          </Button>
          <Button
            onClick={() => {
              go({ view: 'callback', filters: { code, state: 'tampered-with' } }, { replace: true });
            }}
          >
            Tamper with the state
          </Button>
        </div>
      </Card>
      <ProblemNote problem={actions.problem} />
    </>
  );
}

function Waiting({ run }: { readonly run: Run }): JSX.Element {
  return (
    <Card title={run.steps.length === 0 ? 'Waiting for you to come back' : 'No code yet'}>
      <p>
        {run.steps.length === 0
          ? 'The login page was opened. If it said no, the timeline tells why.'
          : 'The login ended without a code. Log in again, or go back to the page of this login.'}
      </p>
      <p>
        <a href={run.authorizeUrl}>Open the login page of this login again</a>
      </p>
    </Card>
  );
}
