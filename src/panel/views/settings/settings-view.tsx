import { useRef } from 'preact/hooks';
import { call, providerPath } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { filter, setFilters } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { Empty } from '../../parts/empty.js';
import { Card, Page } from '../../parts/page.js';
import { ChangedCard } from './changed-card.js';
import { grouped } from './groups.js';
import { ProviderTabs } from '../../parts/provider-tabs.js';
import { ReferenceCard } from './reference-card.js';
import { policySchemas } from './schemas.js';
import { selectSettings, settingsOf } from './setting.js';
import { SettingRow } from './setting-row.js';
import { StrictButton } from './strict-button.js';
import { Awaited } from '../../parts/awaited.js';
import { choicesOf } from '../../parts/choices.js';
import { ChoiceFilter, TextFilter } from '../../parts/filter-field.js';
import { UnknownValue } from '../../parts/unknown-value.js';
import { useProviders } from '../../api/use-providers.js';
import type { JSX } from 'preact';
import type { ProviderInfo, UserInfo } from '../../../client/index.js';
import type { FieldSchema } from './control.js';
import type { Values } from './difference.js';
import type { Setting } from './setting.js';

/** The view Settings: the policy of a provider in the shown world. */
export function SettingsView(): JSX.Element {
  const { data, problem } = useProviders();
  const name = filter('provider') ?? data?.[0]?.name;
  return (
    <Page
      title="Settings"
      lead="How providers behave. The names are those of scenario files and of the admin API. Changes count at once."
    >
      <ProviderTabs providers={data ?? []} shown={name} />
      <Awaited data={data} problem={problem} />
      {data === undefined ? null : <UnknownValue name="provider" known={data.map((each) => each.name)} />}
      {name === undefined ? null : <ProviderSettings key={name} name={name} />}
    </Page>
  );
}

interface Known {
  readonly info: ProviderInfo;
  readonly schemas: Readonly<Record<string, FieldSchema>>;
  readonly users: readonly string[];
}

async function read(path: string): Promise<Known> {
  const [info, schemas, { users }] = await Promise.all([
    call<ProviderInfo>('GET', path),
    policySchemas(),
    call<{ users: UserInfo[] }>('GET', `${path}/users?limit=100`),
  ]);
  return { info, schemas, users: users.map(({ id }) => id) };
}

function ProviderSettings({ name }: { readonly name: string }): JSX.Element {
  const path = providerPath(name);
  const saves = useRef(0);
  const readAfterSaves = async (): Promise<Known> => {
    for (;;) {
      const before = saves.current;
      const known = await read(path);
      // else it may be from before the change, and would show the old value again
      if (before === saves.current) return known;
    }
  };
  const { data, problem } = useData(readAfterSaves, [path]);
  const save = async (change: Values): Promise<void> => {
    await call('PATCH', `${path}/policy`, change);
    saves.current += 1;
  };
  return (
    <>
      <Awaited data={data} problem={problem} />
      {data === undefined ? null : <Settings known={data} onSave={save} />}
    </>
  );
}

interface SettingsProps {
  readonly known: Known;
  readonly onSave: (change: Values) => Promise<void>;
}

function Settings({ known, onSave }: SettingsProps): JSX.Element {
  const { info, schemas, users } = known;
  const { policy, defaults } = info;
  const all = settingsOf({ policy, defaults, quirks: info.quirks, relaxed: info.relaxed }, schemas);
  const selected = selectSettings(all, { text: filter('text'), show: filter('show'), group: filter('group') });
  return (
    <>
      <ChangedCard provider={info.name} title={info.title} policy={policy} defaults={defaults} onSave={onSave} />
      <Filters settings={all} actions={<StrictButton title={info.title} onSave={onSave} />} />
      {selected.length === 0 ? <NoSetting /> : null}
      {grouped(selected).map(({ title, fields }) => (
        <Card key={title} title={title}>
          <ul class="settings">
            {fields.map((setting) => (
              <SettingRow
                key={setting.field}
                setting={setting}
                reading={known}
                users={users}
                onSave={(field, value) => onSave({ [field]: value })}
              />
            ))}
          </ul>
        </Card>
      ))}
      <ReferenceCard info={info} />
    </>
  );
}

function Filters({
  settings,
  actions,
}: {
  readonly settings: readonly Setting[];
  readonly actions: JSX.Element;
}): JSX.Element {
  const changed = settings.filter(({ isChanged }) => isChanged).length;
  const relaxed = settings.filter((each) => each.relaxed !== undefined).length;
  return (
    <div class="card setting-filters">
      <UnknownValue name="show" known={['changed', 'relaxed']} />
      <UnknownValue name="group" known={grouped(settings).map(({ title }) => title)} />
      <TextFilter label="Search" name="text" placeholder="name, text or value" />
      <ChoiceFilter
        label="Show"
        name="show"
        all={`all ${settings.length} settings`}
        choices={[
          { value: 'changed', text: `only changed (${changed})` },
          { value: 'relaxed', text: `only less strict than the RFCs (${relaxed})` },
        ]}
      />
      <ChoiceFilter
        label="Group"
        name="group"
        all="all groups"
        choices={choicesOf(grouped(settings).map(({ title }) => title))}
      />
      {actions}
    </div>
  );
}

function NoSetting(): JSX.Element {
  return (
    <Empty
      title={
        filter('show') === 'changed' && filter('text') === undefined
          ? 'No setting differs from its default.'
          : 'No setting matches the filters.'
      }
    >
      <Button
        onClick={() => {
          setFilters({ text: '', show: '', group: '' });
        }}
      >
        Show all settings
      </Button>
    </Empty>
  );
}
