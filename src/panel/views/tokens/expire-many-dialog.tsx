import { useState } from 'preact/hooks';
import { call, queryOf, providerPath } from '../../api/call.js';
import { titleOf } from '../../api/provider-titles.js';
import { useAction } from '../../api/use-action.js';
import { useData } from '../../api/use-data.js';
import { filter } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import { choicesOf, withAll } from '../../parts/choices.js';
import { Dialog } from '../../parts/dialog.js';
import { SelectField } from '../../parts/field.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { endedWords, listOf, selectionOf, selectionWords, totalOf } from './bulk-selection.js';
import { useNames } from './use-names.js';
import type { JSX } from 'preact';
import type { Data } from '../../api/use-data.js';
import type { Choice } from '../../parts/choices.js';
import type { BulkSelection } from './bulk-selection.js';
import type { Names } from './use-names.js';

const kinds: readonly Choice[] = [
  { value: 'access', text: 'Access tokens' },
  { value: 'refresh', text: 'Refresh tokens' },
  { value: 'tokens', text: 'Access and refresh tokens' },
  { value: 'code', text: 'Authorization codes' },
];

const pathOf = (provider: string, selection: BulkSelection): string => `${providerPath(provider)}/${listOf(selection)}`;

/** The number of valid codes or tokens of a selection at a provider. */
interface Count {
  readonly provider: string;
  readonly total: number;
}

function useCounts(selection: BulkSelection, providers: readonly string[]): Data<readonly Count[]> {
  return useData(
    () =>
      Promise.all(
        providers.map(async (provider) => {
          const query = queryOf({ ...selectionOf(selection), status: 'live', limit: 1 });
          return { provider, total: (await call<Count>('GET', pathOf(provider, selection) + query)).total };
        }),
      ),
    [selection, providers],
  );
}

/** Ends what is selected at each provider, and says how many ended. */
async function end(selection: BulkSelection, how: 'expire' | 'revoke', counts: readonly Count[]): Promise<void> {
  let ended = 0;
  // a provider without a match may not know the client, and would refuse
  for (const { provider } of counts.filter(({ total }) => total > 0)) {
    const answer = await call<{ expired?: number; revoked?: number }>(
      'POST',
      `${pathOf(provider, selection)}/${how}`,
      selectionOf(selection),
    );
    ended += answer.expired ?? answer.revoked ?? 0;
  }
  say(endedWords(selection, how, ended));
}

/** Expires or revokes all codes or tokens that match. It says how many, before and after. */
export function ExpireManyDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const [selection, select] = useState<BulkSelection>({
    what: 'access',
    provider: filter('provider') ?? '',
    client: filter('client') ?? '',
    user: filter('user') ?? '',
  });
  const names = useNames(selection.provider || undefined);
  const providers = selection.provider === '' ? names.providers : [selection.provider];
  const { data: counts, problem } = useCounts(selection, providers);
  const total = totalOf(counts);
  const ending = useAction(async (how: 'expire' | 'revoke') => {
    await end(selection, how, counts ?? []);
    onClose();
  });
  const endButton = (how: 'expire' | 'revoke', label: string): JSX.Element => (
    <Button
      kind="danger"
      isDisabled={(total ?? 0) === 0}
      isBusy={ending.isBusy}
      onClick={() => {
        ending.run(how);
      }}
    >
      {label}
    </Button>
  );
  return (
    <Dialog
      title="Expire or revoke many"
      onClose={onClose}
      actions={
        <>
          {endButton('expire', 'Expire them')}
          {selection.what === 'code' ? null : endButton('revoke', 'Revoke them')}
          <Button onClick={onClose}>Cancel</Button>
        </>
      }
    >
      <div class="stack">
        <SelectionFields selection={selection} names={names} onSelect={select} />
        <ProblemNote problem={ending.problem ?? problem} />
        <p role="status">{selectionWords({ ...selection, provider: titleOf(selection.provider) }, total)}</p>
      </div>
    </Dialog>
  );
}

interface SelectionFieldsProps {
  readonly selection: BulkSelection;
  readonly names: Names;
  readonly onSelect: (selection: BulkSelection) => void;
}

function SelectionFields({ selection, names, onSelect }: SelectionFieldsProps): JSX.Element {
  const field = (member: keyof BulkSelection, label: string, choices: readonly Choice[], all?: string): JSX.Element => (
    <SelectField
      label={label}
      value={selection[member]}
      choices={all === undefined ? choices : withAll(all, choices, selection[member])}
      onChoice={(value) => {
        onSelect({ ...selection, [member]: value });
      }}
    />
  );
  return (
    <>
      {field('what', 'What', kinds)}
      {field('provider', 'Provider', choicesOf(names.providers, titleOf), 'All providers')}
      {field('client', 'Client', names.clients, 'Every client')}
      {field('user', 'User', names.users, 'Every user')}
    </>
  );
}
