import { filter, setFilters } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { CheckField, SelectField, TextField } from '../../parts/field.js';
import { severityWords, valuesOf } from './overview.js';
import type { JSX } from 'preact';
import type { Finding } from '../../../client/index.js';
import type { FindingFilter, Placed } from './overview.js';

/** The filters of the view, as the URL has them. */
export const shownFilter = (): FindingFilter => ({
  severity: filter('severity'),
  provider: filter('provider'),
  client: filter('client'),
  rule: filter('rule'),
  text: filter('q'),
});

/** Chooses which findings are shown. */
export function FindingFilters({ findings }: { readonly findings: readonly Placed<Finding>[] }): JSX.Element {
  const shown = shownFilter();
  return (
    <div class="card finding-filters">
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
        <Choose label="Provider" name="provider" shown={shown.provider} values={valuesOf(findings, 'provider')} />
        <Choose label="Client" name="client" shown={shown.client} values={valuesOf(findings, 'clientId')} />
        <Choose label="Rule" name="rule" shown={shown.rule} values={valuesOf(findings, 'rule')} />
        <TextField
          label="Text"
          type="search"
          isFilter
          value={shown.text ?? ''}
          onText={(q) => {
            setFilters({ q }, { replace: true });
          }}
        />
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

interface ChooseProps {
  readonly label: string;
  readonly name: string;
  readonly shown: string | undefined;
  readonly values: readonly string[];
}

function Choose({ label, name, shown = '', values }: ChooseProps): JSX.Element {
  // a link may ask for a value that no finding has
  const all = shown === '' || values.includes(shown) ? values : [...values, shown];
  return (
    <SelectField
      label={label}
      value={shown}
      choices={[{ value: '', text: 'all' }, ...all.map((value) => ({ value, text: value }))]}
      onChoice={(value) => {
        setFilters({ [name]: value });
      }}
    />
  );
}
