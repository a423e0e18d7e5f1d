import { useState } from 'preact/hooks';
import { call, providerPath } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { virtualNow } from '../../clock-state.js';
import { durationInWords } from '../../format.js';
import { say } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import { CheckField, SelectField } from '../../parts/field.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { remember } from './answered.js';
import { approvalOf, userName } from './waiting-pages.js';
import type { JSX } from 'preact';
import type { Decided } from '../../../client/index.js';
import type { WaitingPage } from './waiting-pages.js';

/** A page that waits, with what a person would do on it. */
export function WaitingPageCard({ page }: { readonly page: WaitingPage }): JSX.Element {
  const { provider, users, clientId, scopes } = page;
  const [chosen, setChosen] = useState<string>();
  const [refused, setRefused] = useState<ReadonlySet<string>>(new Set());
  const user = users.find(({ id }) => id === chosen) ?? users[0];
  const path = `${providerPath(provider.name)}/authorizations/${encodeURIComponent(page.id)}`;
  const answer = useAction(async (decision: 'approve' | 'deny') => {
    const body = decision === 'approve' ? approvalOf(page, user?.id ?? '', refused) : { user: user?.id };
    const { redirectTo } = await call<Decided>('POST', `${path}/${decision}`, body);
    remember(page, redirectTo);
    say(decision === 'approve' ? `Allowed ${clientId}` : `Denied ${clientId}`);
  });
  return (
    <li class="waiting-page">
      <div class="waiting-head">
        <p>
          <code class="strong">{clientId}</code> asks at <span class="strong">{provider.title}</span>
        </p>
        <Times page={page} />
      </div>
      <dl class="facts small">
        <dt>Redirect to</dt>
        <dd>
          <code>{page.redirectUri}</code>
        </dd>
        <dt>State</dt>
        <dd>{page.state === null ? 'none' : <code>{page.state}</code>}</dd>
      </dl>
      <Scopes scopes={scopes} refused={refused} onChange={setRefused} />
      <ProblemNote problem={answer.problem} />
      {user === undefined ? (
        <p>This provider has no users, so nobody can answer the page.</p>
      ) : (
        <div class="row">
          <SelectField
            label="User"
            value={user.id}
            choices={users.map((each) => ({ value: each.id, text: `${userName(each)} (${each.username})` }))}
            onChoice={setChosen}
          />
          <Button
            kind="primary"
            isBusy={answer.isBusy}
            isDisabled={scopes.length > 0 && scopes.every((scope) => refused.has(scope))}
            onClick={() => {
              answer.run('approve');
            }}
          >
            Allow as {userName(user)}
          </Button>
          <Button
            kind="danger"
            isBusy={answer.isBusy}
            onClick={() => {
              answer.run('deny');
            }}
          >
            Deny
          </Button>
        </div>
      )}
    </li>
  );
}

function Times({ page }: { readonly page: WaitingPage }): JSX.Element | null {
  const now = virtualNow();
  if (now === undefined) return null;
  const waits = Math.max(0, now - Date.parse(page.createdAt));
  const left = Math.max(0, Date.parse(page.expiresAt) - now);
  return (
    <p class="quiet small">
      waits for {durationInWords(waits)}, expires in {durationInWords(left)}
    </p>
  );
}

/** Number of scopes that are shown at once. More are folded. */
const unfolded = 3;

interface ScopesProps {
  readonly scopes: readonly string[];
  readonly refused: ReadonlySet<string>;
  readonly onChange: (refused: ReadonlySet<string>) => void;
}

function Scopes({ scopes, refused, onChange }: ScopesProps): JSX.Element | null {
  if (scopes.length === 0) return null;
  const isFolded = scopes.length > unfolded;
  const list = (
    <fieldset class="waiting-scopes">
      <legend class={isFolded ? 'hidden' : 'small strong'}>Scopes to allow</legend>
      {scopes.map((scope) => (
        <CheckField
          key={scope}
          label={<code>{scope}</code>}
          isChecked={!refused.has(scope)}
          onCheck={(isAllowed) => {
            const next = new Set(refused);
            if (isAllowed) next.delete(scope);
            else next.add(scope);
            onChange(next);
          }}
        />
      ))}
    </fieldset>
  );
  if (!isFolded) return list;
  return (
    <details class="fold">
      <summary>
        Scopes: {refused.size === 0 ? `all ${scopes.length}` : `${scopes.length - refused.size} of ${scopes.length}`}
      </summary>
      {list}
    </details>
  );
}
