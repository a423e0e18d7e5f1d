import { capital } from '../../format.js';
import { controlOf } from './control.js';
import { isSame } from './difference.js';
import { groupOf } from './groups.js';
import type { ProviderInfo } from '../../../client/index.js';
import type { Control, FieldSchema } from './control.js';
import type { Values } from './difference.js';

/** A documented behaviour of a provider. */
export type Quirk = ProviderInfo['quirks'][number];

/** A field of a policy with all that is known of it. */
export interface Setting {
  readonly field: string;
  /** A sentence. */
  readonly description: string;
  readonly control: Control;
  readonly value: unknown;
  readonly standard: unknown;
  readonly isChanged: boolean;
  readonly quirks: readonly Quirk[];
  /** Set if the value is less strict than an RFC: the strict value and the clause. */
  readonly relaxed?: { readonly strict: unknown; readonly clause: string };
}

/** What the server says of a provider, as far as its settings need it. */
export interface Described extends Pick<ProviderInfo, 'quirks' | 'relaxed'> {
  readonly policy: Values;
  readonly defaults: Values;
}

/** The settings of a provider, in the order of the schema. */
export function settingsOf(
  { policy, defaults, quirks, relaxed }: Described,
  schemas: Readonly<Record<string, FieldSchema>>,
): Setting[] {
  // `preset` sets other fields; it is none itself
  const fields = Object.entries(schemas).filter(([field]) => field in policy);
  return fields.map(([field, schema]) => {
    const found = relaxed.find((each) => each.field === field);
    return {
      field,
      description: capital(schema.description ?? ''),
      control: controlOf(schema),
      value: policy[field],
      standard: defaults[field],
      isChanged: !isSame(policy[field], defaults[field]),
      // the facts call a lifetime by its name in seconds
      quirks: quirks.filter((quirk) => quirk.field === field || quirk.field === `${field}Seconds`),
      ...(found === undefined ? {} : { relaxed: { strict: found.strict, clause: found.clause } }),
    };
  });
}

/** Which settings are shown. */
export interface SettingFilter {
  readonly text?: string | undefined;
  /** `changed`: those that differ from the default. `relaxed`: those that are less strict than an RFC. */
  readonly show?: string | undefined;
  /** The title of a group. */
  readonly group?: string | undefined;
}

/** Selects settings. The text may be in the name, the description, the value or what is known of it. */
export function selectSettings(settings: readonly Setting[], { text = '', show, group }: SettingFilter): Setting[] {
  const wanted = text.toLowerCase();
  return settings.filter(
    (setting) =>
      (group === undefined || groupOf(setting.field) === group) &&
      (show !== 'changed' || setting.isChanged) &&
      (show !== 'relaxed' || setting.relaxed !== undefined) &&
      [
        setting.field,
        setting.description,
        JSON.stringify(setting.value),
        ...setting.quirks.map((each) => each.behaviour),
      ]
        .join('\n')
        .toLowerCase()
        .includes(wanted),
  );
}
