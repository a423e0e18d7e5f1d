import { SelectField, TextArea, TextField } from '../../parts/field.js';
import { Ticked } from '../../parts/ticked.js';
import { choicesOf, withAll } from '../../parts/choices.js';
import type { JSX } from 'preact';
import type { FieldType, FormField } from './form-schema.js';
import type { FormMistakes } from '../../parts/form-mistakes.js';
import type { Texts } from './rule-draft.js';

interface RuleFieldsProps {
  readonly fields: readonly FormField[];
  readonly texts: Texts;
  readonly onTexts: (texts: Texts) => void;
  /** What is wrong with the field of a member. */
  readonly at: FormMistakes['at'];
  /** The path of the object whose members the fields are. Empty: the rule itself. */
  readonly path: string;
  /** What a choice without a value says. */
  readonly unset: string;
  /** Known values of a member. */
  readonly suggestions?: Readonly<Record<string, readonly string[]>>;
}

const placeholders: Readonly<Partial<Record<FieldType, string>>> = { duration: '30s', words: 'one, another' };

/** The fields of an object. Those that take JSON are folded, until they have a value or a mistake. */
export function RuleFields(props: RuleFieldsProps): JSX.Element {
  const { fields, texts, path, at } = props;
  const isFolded = ({ type, isRequired }: FormField): boolean => type === 'json' && !isRequired;
  const open = fields.filter((field) => !isFolded(field));
  const folded = fields.filter(isFolded);
  const isUsed = folded.some(({ name }) => texts[name] !== undefined || at(path + name) !== undefined);
  return (
    <>
      {open.length === 0 ? null : (
        <div class="fault-fields">
          {open.map((field) => (
            <RuleField key={field.name} {...props} field={field} />
          ))}
        </div>
      )}
      {folded.length === 0 ? null : (
        <details open={isUsed}>
          <summary>{folded.map(({ label }) => label).join(', ')}</summary>
          <div class="fault-fields">
            {folded.map((field) => (
              <RuleField key={field.name} {...props} field={field} />
            ))}
          </div>
        </details>
      )}
    </>
  );
}

function RuleField({
  field,
  texts,
  onTexts,
  at,
  path,
  unset,
  suggestions = {},
}: RuleFieldsProps & { readonly field: FormField }): JSX.Element {
  const { name, type, isRequired, choices } = field;
  const value = texts[name] ?? '';
  const set = (text: string): void => {
    onTexts({ ...texts, [name]: text });
  };
  const common = {
    label: isRequired ? `${field.label} (required)` : field.label,
    help: field.help === undefined ? undefined : <Ticked text={field.help} />,
    mistake: at(path + name),
    value,
  };
  if (type === 'choice' || type === 'boolean') {
    const values = type === 'boolean' ? ['true', 'false'] : choices.map(String);
    return <SelectField {...common} choices={withAll(unset, choicesOf(values), value)} onChoice={set} />;
  }
  if (type === 'json' || type === 'any') {
    return <TextArea {...common} rows={2} placeholder={type === 'json' ? '{ "name": "value" }' : ''} onText={set} />;
  }
  return (
    <TextField
      {...common}
      {...(suggestions[name] === undefined ? {} : { suggestions: suggestions[name] })}
      {...(placeholders[type] === undefined ? {} : { placeholder: placeholders[type] })}
      onText={set}
    />
  );
}
