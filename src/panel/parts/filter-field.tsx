import { filter, setFilters } from '../navigation.js';
import { withAll } from './choices.js';
import { SelectField, TextField } from './field.js';
import type { JSX } from 'preact';
import type { Choice } from './choices.js';

interface FilterProps {
  readonly label: string;
  /** The name of the filter in the URL. */
  readonly name: string;
  /** Filters that are set with it, such as the page of a list. */
  readonly also?: Readonly<Record<string, string>>;
}

/** A field for a text that is looked for. The key `/` leads to it. */
export function TextFilter({
  label,
  name,
  also,
  placeholder = '',
}: FilterProps & { readonly placeholder?: string }): JSX.Element {
  return (
    <TextField
      label={label}
      type="search"
      isFilter
      placeholder={placeholder}
      value={filter(name) ?? ''}
      onText={(text) => {
        setFilters({ ...also, [name]: text }, { replace: true });
      }}
    />
  );
}

interface ChoiceFilterProps extends FilterProps {
  /** What the choice says that selects all. */
  readonly all?: string;
  readonly choices: readonly Choice[];
}

/** A field for one of several values, or all. */
export function ChoiceFilter({ label, name, also, all = 'All', choices }: ChoiceFilterProps): JSX.Element {
  const value = filter(name) ?? '';
  return (
    <SelectField
      label={label}
      value={value}
      choices={withAll(all, choices, value)}
      onChoice={(chosen) => {
        setFilters({ ...also, [name]: chosen });
      }}
    />
  );
}
