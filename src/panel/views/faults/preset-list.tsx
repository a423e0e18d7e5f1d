import { useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { setFilters } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import { SelectField } from '../../parts/field.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Ticked } from '../../parts/ticked.js';
import { presetRule, presets } from './presets.js';
import { withAll } from '../../parts/choices.js';
import type { NamedProvider } from '../../api/use-providers.js';
import type { JSX } from 'preact';
import type { Preset } from './presets.js';

const groups = [...new Set(presets.map(({ group }) => group))];

/** Faults in words, to add by a click, for one provider or all. */
export function PresetList({ providers }: { readonly providers: readonly NamedProvider[] }): JSX.Element {
  const [provider, setProvider] = useState('');
  return (
    <div class="stack">
      <SelectField
        label="At"
        value={provider}
        choices={withAll(
          'All providers',
          providers.map(({ name, title }) => ({ value: name, text: title })),
        )}
        onChoice={setProvider}
      />
      {groups.map((group) => (
        <section key={group} aria-label={group}>
          <h3 class="preset-group">{group}</h3>
          <ul class="presets">
            {presets
              .filter((preset) => preset.group === group)
              .map((preset) => (
                <PresetRow key={preset.id} preset={preset} provider={provider} />
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function PresetRow({ preset, provider }: { readonly preset: Preset; readonly provider: string }): JSX.Element {
  const rule = presetRule(preset, provider);
  const add = useAction(async () => {
    await call('POST', '/faults', rule);
    say(`In force: ${preset.title}`);
  });
  return (
    <li>
      <div class="preset-words">
        <p class="strong">{preset.title}</p>
        <p class="quiet small">
          <Ticked text={preset.tests} />
        </p>
      </div>
      <div class="actions">
        <Button isBusy={add.isBusy} onClick={add.run} aria-label={`Add: ${preset.title}`}>
          Add
        </Button>
        <Button
          kind="quiet"
          aria-label={`Change first: ${preset.title}`}
          onClick={() => {
            setFilters({ new: JSON.stringify(rule) });
          }}
        >
          Change…
        </Button>
      </div>
      <ProblemNote problem={add.problem} />
    </li>
  );
}
