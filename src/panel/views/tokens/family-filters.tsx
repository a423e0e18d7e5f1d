import { filter, setFilters } from '../../navigation.js';
import { SelectField, TextField } from '../../parts/field.js';
import { useNames, withAll } from './use-names.js';
import type { JSX } from 'preact';

const valid = [
  { value: '', text: 'All' },
  { value: 'any', text: 'Something is valid' },
  { value: 'access', text: 'A valid access token' },
  { value: 'refresh', text: 'A valid refresh token' },
  { value: 'code', text: 'A code that waits' },
] as const;

/** The filters of the list of families. They are in the URL. */
export function FamilyFilters(): JSX.Element {
  const names = useNames(filter('provider'));
  const choose = (name: string) => (value: string) => {
    setFilters({ [name]: value, page: '', family: '' });
  };
  return (
    <div class="family-filters" role="search" aria-label="Filter families">
      <TextField
        label="Find"
        type="search"
        isFilter
        placeholder="Token, fingerprint, scope …"
        value={filter('text') ?? ''}
        onText={(text) => {
          setFilters({ text, page: '', family: '' }, { replace: true });
        }}
      />
      <SelectField
        label="Provider"
        value={filter('provider') ?? ''}
        choices={withAll(
          'All',
          names.providers.map((name) => ({ value: name, text: name })),
          filter('provider') ?? '',
        )}
        onChoice={choose('provider')}
      />
      <SelectField
        label="Client"
        value={filter('client') ?? ''}
        choices={withAll('All', names.clients, filter('client') ?? '')}
        onChoice={choose('client')}
      />
      <SelectField
        label="User"
        value={filter('user') ?? ''}
        choices={withAll('All', names.users, filter('user') ?? '')}
        onChoice={choose('user')}
      />
      <SelectField label="State" value={filter('valid') ?? ''} choices={valid} onChoice={choose('valid')} />
    </div>
  );
}
