import { useState } from 'preact/hooks';
import { call, queryOf, providerPath } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { useData } from '../../api/use-data.js';
import { filter } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { SelectField } from '../../parts/field.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { endedWords, listOf, manyWords, selectionOf } from './end-many.js';
import { useNames } from './use-names.js';
import { choicesOf, withAll } from '../../parts/choices.js';
import type { JSX } from 'preact';
import type { Many } from './end-many.js';

const kinds = [
  { value: 'access', text: 'Access tokens' },
  { value: 'refresh', text: 'Refresh tokens' },
  { value: 'tokens', text: 'Access and refresh tokens' },
  { value: 'code', text: 'Authorization codes' },
] as const;

const pathOf = (provider: string, many: Many): string => `${providerPath(provider)}/${listOf(many)}`;

/** Expires or revokes all codes or tokens that match. It says how many, before and after. */
export function EndManyDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const [many, set] = useState<Many>({
    what: 'access',
    provider: filter('provider') ?? '',
    client: filter('client') ?? '',
    user: filter('user') ?? '',
  });
  const names = useNames(many.provider === '' ? undefined : many.provider);
  const providers = many.provider === '' ? names.providers : [many.provider];
  const { data: counts, problem } = useData(
    () =>
      Promise.all(
        providers.map(async (provider) => {
          const query = queryOf({ ...selectionOf(many), limit: 1 });
          return { provider, total: (await call<{ total: number }>('GET', pathOf(provider, many) + query)).total };
        }),
      ),
    [many, providers],
  );
  const total = (counts ?? []).reduce((sum, each) => sum + each.total, 0);
  const end = useAction(async (how: 'expire' | 'revoke') => {
    let ended = 0;
    // a provider without a match may not know the client, and would refuse
    for (const { provider } of (counts ?? []).filter((each) => each.total > 0)) {
      const answer = await call<{ expired?: number; revoked?: number }>(
        'POST',
        `${pathOf(provider, many)}/${how}`,
        selectionOf(many),
      );
      ended += answer.expired ?? answer.revoked ?? 0;
    }
    say(endedWords(many, how, ended));
    onClose();
  });
  return (
    <Dialog
      title="Expire or revoke many"
      onClose={onClose}
      actions={
        <>
          <Button
            kind="danger"
            isDisabled={total === 0}
            isBusy={end.isBusy}
            onClick={() => {
              end.run('expire');
            }}
          >
            Expire them
          </Button>
          {many.what === 'code' ? null : (
            <Button
              kind="danger"
              isDisabled={total === 0}
              isBusy={end.isBusy}
              onClick={() => {
                end.run('revoke');
              }}
            >
              Revoke them
            </Button>
          )}
          <Button onClick={onClose}>Cancel</Button>
        </>
      }
    >
      <div class="stack">
        <SelectField
          label="What"
          value={many.what}
          choices={kinds}
          onChoice={(what) => {
            set({ ...many, what: what as Many['what'] });
          }}
        />
        <SelectField
          label="Provider"
          value={many.provider}
          choices={withAll('All providers', choicesOf(names.providers), many.provider)}
          onChoice={(provider) => {
            set({ ...many, provider });
          }}
        />
        <SelectField
          label="Client"
          value={many.client}
          choices={withAll('Every client', names.clients, many.client)}
          onChoice={(client) => {
            set({ ...many, client });
          }}
        />
        <SelectField
          label="User"
          value={many.user}
          choices={withAll('Every user', names.users, many.user)}
          onChoice={(user) => {
            set({ ...many, user });
          }}
        />
        <ProblemNote problem={end.problem ?? problem} />
        <p role="status">
          {counts === undefined
            ? 'Counting…'
            : total === 0
              ? 'Nothing matches.'
              : `Selected: ${manyWords(many, total)}. Those that are still valid end.`}
        </p>
      </div>
    </Dialog>
  );
}
