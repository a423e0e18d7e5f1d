import { useState } from 'preact/hooks';
import { titleOf } from '../../api/provider-titles.js';
import { capital, counted } from '../../format.js';
import { facetNames } from '../../journal/facets.js';
import { filterNames, filterWords, noFilters } from '../../journal/row-filter.js';
import { filter as filterValue, setFilters } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import type { JSX } from 'preact';
import type { FacetName, FacetValue, Facets } from '../../journal/facets.js';
import type { FilterName, RowFilter } from '../../journal/row-filter.js';

const statusClasses = ['2xx', '3xx', '4xx', '5xx'];

/** A value of a filter as the page shows it. */
function valueWord(name: FilterName, value: string): string {
  if (name === 'provider') return titleOf(value);
  return name === 'status' && value === 'none' ? 'no answer' : value;
}

interface FiltersProps {
  readonly filter: RowFilter;
  readonly facets: Facets | undefined;
  readonly shown: number;
  readonly total: number;
}

/** The filters of the timeline, those that are set, and how many entries they leave. */
export function Filters({ filter, facets, shown, total }: FiltersProps): JSX.Element {
  const [isExpanded, setExpanded] = useState(false);
  const set = filterNames.filter((name) => filter[name] !== undefined);
  return (
    <search class="timeline-filters">
      <div class="filter-line">
        <TextFilter />
        <Button
          class="filter-more"
          isExpanded={isExpanded}
          onClick={() => {
            setExpanded(!isExpanded);
          }}
        >
          Filters
        </Button>
        <div class={`filter-lists${isExpanded ? ' expanded' : ''}`}>
          {facetNames.map((name) => (
            <ListFilter key={name} name={name} value={filter[name] ?? ''} values={facets?.values(name) ?? []} />
          ))}
        </div>
      </div>
      <div class="filter-state">
        <p class="small quiet" data-count>
          {set.length === 0
            ? counted(total, 'entry', 'entries')
            : `${shown.toLocaleString('en')} of ${counted(total, 'entry', 'entries')}`}
        </p>
        {set.map((name) => (
          <button
            key={name}
            type="button"
            class="chip"
            aria-label={`Remove the filter ${filterWords[name]} ${valueWord(name, filter[name] ?? '')}`}
            onClick={() => {
              setFilters({ [name]: '' });
            }}
          >
            <span class="chip-text">
              {filterWords[name]}: <b>{valueWord(name, filter[name] ?? '')}</b>
            </span>
            <span aria-hidden="true">×</span>
          </button>
        ))}
        {set.length === 0 ? null : (
          <Button
            kind="quiet"
            onClick={() => {
              setFilters(noFilters);
            }}
          >
            Clear filters
          </Button>
        )}
      </div>
    </search>
  );
}

function TextFilter(): JSX.Element {
  return (
    <input
      class="filter-text"
      type="search"
      autocomplete="off"
      spellcheck={false}
      data-filter=""
      aria-label="Search"
      placeholder="Search path, user, #id, fp:…"
      value={filterValue('text') ?? ''}
      onInput={({ currentTarget: { value } }) => {
        setFilters({ text: value }, { replace: true });
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // the browser empties a field for a search, but does not tell so when the field has lost the focus
        setFilters({ text: '' }, { replace: true });
        event.currentTarget.blur();
      }}
    />
  );
}

interface ListFilterProps {
  readonly name: FacetName;
  readonly value: string;
  readonly values: readonly FacetValue[];
}

function ListFilter({ name, value, values }: ListFilterProps): JSX.Element {
  const own = values.map((each) => each.value);
  const more =
    name === 'status' ? statusClasses.filter((each) => own.some((status) => status.startsWith(each.slice(0, 1)))) : [];
  const unknown = value === '' || own.includes(value) || more.includes(value) ? [] : [value];
  return (
    <select
      aria-label={`Filter by ${filterWords[name]}`}
      class={value === '' ? undefined : 'set'}
      value={value}
      onChange={({ currentTarget }) => {
        setFilters({ [name]: currentTarget.value });
      }}
    >
      <option value="">{capital(filterWords[name])}</option>
      {[...more, ...unknown].map((each) => (
        <option key={each} value={each}>
          {valueWord(name, each)}
        </option>
      ))}
      {values.map((each) => (
        <option key={each.value} value={each.value}>
          {valueWord(name, each.value)} ({each.count.toLocaleString('en')})
        </option>
      ))}
    </select>
  );
}
