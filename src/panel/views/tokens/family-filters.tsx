import { titleOf } from '../../api/provider-titles.js';
import { filter } from '../../navigation.js';
import { choicesOf } from '../../parts/choices.js';
import { ChoiceFilter, TextFilter } from '../../parts/filter-field.js';
import { useNames } from './use-names.js';
import type { JSX } from 'preact';

const valid = [
  { value: 'any', text: 'Something is valid' },
  { value: 'access', text: 'A valid access token' },
  { value: 'refresh', text: 'A valid refresh token' },
  { value: 'code', text: 'A code that waits' },
] as const;

/** A filter begins at the first page, with no family open. */
const also = { page: '', family: '' } as const;

/** The filters of the list of families. They are in the URL. */
export function FamilyFilters(): JSX.Element {
  const { providers, clients, users } = useNames(filter('provider'));
  return (
    <div class="family-filters" role="search" aria-label="Filter families">
      <TextFilter label="Search" name="text" also={also} placeholder="Token, fingerprint, scope …" />
      <ChoiceFilter label="Provider" name="provider" also={also} choices={choicesOf(providers, titleOf)} />
      <ChoiceFilter label="Client" name="client" also={also} choices={clients} />
      <ChoiceFilter label="User" name="user" also={also} choices={users} />
      <ChoiceFilter label="State" name="valid" also={also} choices={valid} />
    </div>
  );
}
