import { useState } from 'preact/hooks';
import { go } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { TextField } from '../../parts/field.js';
import { Form } from '../../parts/form.js';
import { Card } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { apiRequest, exchangeRequest, nextAction, refreshRequest, revokeRequest } from './run.js';
import { titles } from './texts.js';
import { Tokens } from './tokens.js';
import { useSteps } from './use-steps.js';
import type { JSX } from 'preact';
import type { PlaygroundProvider, Run, SentRequest, StepKind } from './run.js';
import type { StepActions } from './use-steps.js';

interface RunPanelProps {
  readonly provider: PlaygroundProvider;
  readonly run: Run;
}

/** What the client can do after a login, and its tokens. */
export function RunPanel({ provider, run }: RunPanelProps): JSX.Element {
  const actions = useSteps(run);
  const { send, steer } = actions;
  const at = `/providers/${provider.name}/tokens`;
  if (run.code === undefined) return <Waiting run={run} />;
  const expire = (token: string): void => {
    steer('expire', 'POST', `${at}/expire`, { token });
  };
  const revoke = (token: string): void => {
    const request = revokeRequest(provider, run, token);
    if (request === undefined) steer('revoke', 'DELETE', `${at}/${encodeURIComponent(token)}`);
    else send('revoke', request);
  };
  return (
    <>
      <ClientSteps {...{ provider, run, actions }} />
      {run.accessToken === undefined ? null : (
        <Tokens provider={provider.name} run={run} onExpire={expire} onRevoke={revoke} />
      )}
      <MistakeButtons {...{ provider, run, actions, code: run.code }} />
      <ProblemNote problem={actions.problem} />
    </>
  );
}

interface PartProps extends RunPanelProps {
  readonly actions: StepActions;
}

interface SendButtonProps {
  readonly kind: StepKind;
  readonly actions: StepActions;
  readonly request: () => SentRequest;
  readonly isMain?: boolean;
  readonly isDisabled?: boolean;
}

/** A button that sends a request of the client. */
function SendButton({ kind, actions, request, isMain = false, isDisabled = false }: SendButtonProps): JSX.Element {
  return (
    <Button
      kind={isMain ? 'primary' : 'secondary'}
      isDisabled={isDisabled}
      isBusy={actions.waiting === kind}
      onClick={() => {
        actions.send(kind, request());
      }}
    >
      {titles[kind]}
    </Button>
  );
}

/** What the documented client does. The main button is the next one that it would press. */
function ClientSteps({ provider, run, actions }: PartProps): JSX.Element {
  const [path, setPath] = useState(provider.conventions.apiPath);
  const { waiting, send, cancel } = actions;
  const next = nextAction(run);
  return (
    <Card title="What the client does">
      <div class="stack">
        <div class="actions">
          <SendButton
            kind="exchange"
            isMain={next === 'exchange'}
            isDisabled={run.isCodeSpent === true}
            actions={actions}
            request={() => exchangeRequest(provider, run)}
          />
          <SendButton
            kind="refresh"
            isMain={next === 'refresh'}
            isDisabled={run.refreshToken === undefined}
            actions={actions}
            request={() => refreshRequest(provider, run)}
          />
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
            kind={next === 'api' ? 'primary' : 'secondary'}
            isDisabled={run.accessToken === undefined}
            isBusy={waiting === 'api'}
          >
            {titles.api}
          </Button>
        </Form>
        {waiting === undefined ? null : (
          <p class="play-waiting" role="status">
            {titles[waiting]}: waiting for the answer… <Button onClick={cancel}>Cancel</Button>
          </p>
        )}
      </div>
    </Card>
  );
}

/** What a client should not do. */
function MistakeButtons({ provider, run, actions, code }: PartProps & { readonly code: string }): JSX.Element {
  const { isCodeSpent, refreshToken, oldRefreshToken } = run;
  return (
    <Card title="What can go wrong">
      <div class="actions">
        <SendButton
          kind="replay"
          isDisabled={isCodeSpent !== true}
          actions={actions}
          request={() => exchangeRequest(provider, run)}
        />
        <SendButton
          kind="old-refresh"
          isDisabled={oldRefreshToken === undefined}
          actions={actions}
          request={() => refreshRequest(provider, { ...run, refreshToken: oldRefreshToken as string })}
        />
        <SendButton
          kind="wrong-secret"
          actions={actions}
          request={() =>
            (refreshToken === undefined ? exchangeRequest : refreshRequest)(provider, run, `not-${run.clientSecret}`)
          }
        />
        <Button
          onClick={() => {
            go({ view: 'callback', filters: { code, state: 'tampered-with' } }, { replace: true });
          }}
        >
          Tamper with the state
        </Button>
      </div>
    </Card>
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
        <a href={run.authorizeUrl}>Open this login page again</a>
      </p>
    </Card>
  );
}
