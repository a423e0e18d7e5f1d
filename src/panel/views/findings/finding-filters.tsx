import { titleOf } from '../../api/provider-titles.js';
import { filter, setFilters } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { CheckField } from '../../parts/field.js';
import { severityWords, valuesOf } from './overview.js';
import { ChoiceFilter, TextFilter } from '../../parts/filter-field.js';
import { UnknownValue } from '../../parts/unknown-value.js';
import type { JSX } from 'preact';
import type { Finding } from '../../../client/index.js';
import type { FindingFilter, Placed } from './overview.js';

/** The filters of the view, as the URL has them. */
export const shownFilter = (): FindingFilter => ({
  severity: filter('severity'),
  provider: filter('provider'),
  client: filter('client'),
  user: filter('user'),
  rule: filter('rule'),
  text: filter('text'),
});

/** The filters that are chosen from a list, by the member of a finding. */
const listed = {
  provider: { label: 'Provider', name: 'provider' },
  clientId: { label: 'Client', name: 'client' },
  userIds: { label: 'User', name: 'user' },
  rule: { label: 'Rule', name: 'rule' },
} as const;

/** Chooses which findings are shown. */
export function FindingFilters({ findings }: { readonly findings: readonly Placed<Finding>[] }): JSX.Element {
  const shown = shownFilter();
  return (
    <div class="card finding-filters">
      <UnknownValue name="severity" known={severityWords.map(({ severity }) => severity)} />
      <UnknownValue name="worlds" known={['all']} />
      <div class="finding-severities" role="group" aria-label="Severity">
        <SeverityButton text={`all ${findings.length}`} value="" shown={shown.severity} />
        {severityWords.map(({ severity, one, many }) => {
          const count = findings.filter(({ item }) => item.severity === severity).length;
          return (
            <SeverityButton
              key={severity}
              text={`${count} ${count === 1 ? one : many}`}
              value={severity}
              shown={shown.severity}
            />
          );
        })}
      </div>
      <div class="finding-filter-row">
        {(['provider', 'clientId', 'userIds', 'rule'] as const).map((member) => (
          <ChoiceFilter
            key={member}
            {...listed[member]}
            choices={valuesOf(findings, member).map((value) => ({
              value,
              text: member === 'provider' ? titleOf(value) : value,
            }))}
          />
        ))}
        <TextFilter label="Search" name="text" />
      </div>
      <CheckField
        label="All worlds, also those that ended"
        isChecked={filter('worlds') === 'all'}
        onCheck={(isAll) => {
          setFilters({ worlds: isAll ? 'all' : '' });
        }}
      />
    </div>
  );
}

interface SeverityButtonProps {
  readonly text: string;
  readonly value: string;
  readonly shown: string | undefined;
}

function SeverityButton({ text, value, shown = '' }: SeverityButtonProps): JSX.Element {
  return (
    <Button
      isPressed={shown === value}
      class={`severity-button ${value === '' ? '' : `severity-${value}`}`}
      onClick={() => {
        setFilters({ severity: value });
      }}
    >
      {text}
    </Button>
  );
}
