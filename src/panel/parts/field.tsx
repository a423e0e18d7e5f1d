import { useEffect, useId, useRef } from 'preact/hooks';
import type { Choice } from './choices.js';
import type { ComponentChildren, JSX } from 'preact';

interface FieldProps {
  readonly label: string;
  readonly help?: ComponentChildren;
  /** What is wrong with the value. */
  readonly mistake?: string | undefined;
}

function Frame({
  id,
  label,
  help,
  mistake,
  children,
}: FieldProps & { readonly id: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {help === undefined ? null : (
        <p class="help" id={`${id}-help`}>
          {help}
        </p>
      )}
      {mistake === undefined ? null : (
        <p class="mistake" id={`${id}-mistake`} role="alert">
          {mistake}
        </p>
      )}
    </div>
  );
}

/** The ids of what describes a control, for `aria-describedby`. */
const describedBy = (id: string, { help, mistake }: FieldProps): string | undefined =>
  [help === undefined ? '' : `${id}-help`, mistake === undefined ? '' : `${id}-mistake`].join(' ').trim() || undefined;

interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly type?: 'text' | 'password' | 'search' | 'url';
  readonly placeholder?: string;
  /** Suggestions of a browser's list. */
  readonly suggestions?: readonly string[];
  /** Whether the field has the focus when it appears. */
  readonly isFirst?: boolean;
  /** Whether the key `/` leads to it. */
  readonly isFilter?: boolean;
}

/** A field for a line of text. */
export function TextField({
  label,
  help,
  mistake,
  value,
  onText,
  type = 'text',
  placeholder,
  suggestions,
  isFirst = false,
  isFilter = false,
}: TextFieldProps): JSX.Element {
  const id = useId();
  const about = { label, help, mistake };
  const place = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) place.current?.focus();
  }, [isFirst]);
  return (
    <Frame {...about} id={id}>
      <input
        ref={place}
        id={id}
        {...({ type } as { type: 'text' })}
        autocomplete="off"
        spellcheck={false}
        placeholder={placeholder}
        data-filter={isFilter ? '' : undefined}
        value={value}
        list={suggestions === undefined ? undefined : `${id}-list`}
        aria-invalid={mistake === undefined ? undefined : true}
        aria-describedby={describedBy(id, about)}
        onInput={(event) => {
          onText(event.currentTarget.value);
        }}
      />
      {suggestions === undefined ? null : (
        <datalist id={`${id}-list`}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </Frame>
  );
}

interface TextAreaProps extends FieldProps {
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly rows?: number;
  readonly placeholder?: string;
}

/** A field for several lines. */
export function TextArea({ label, help, mistake, value, onText, rows = 6, placeholder }: TextAreaProps): JSX.Element {
  const id = useId();
  const about = { label, help, mistake };
  return (
    <Frame {...about} id={id}>
      <textarea
        id={id}
        rows={rows}
        spellcheck={false}
        placeholder={placeholder}
        value={value}
        aria-invalid={mistake === undefined ? undefined : true}
        aria-describedby={describedBy(id, about)}
        onInput={(event) => {
          onText(event.currentTarget.value);
        }}
      />
    </Frame>
  );
}

interface SelectFieldProps extends FieldProps {
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChoice: (value: string) => void;
}

/** A field with a fixed list of values. */
export function SelectField({ label, help, mistake, value, choices, onChoice }: SelectFieldProps): JSX.Element {
  const id = useId();
  const about = { label, help, mistake };
  return (
    <Frame {...about} id={id}>
      <select
        id={id}
        value={value}
        aria-invalid={mistake === undefined ? undefined : true}
        aria-describedby={describedBy(id, about)}
        onChange={(event) => {
          onChoice(event.currentTarget.value);
        }}
      >
        {choices.map((each) => (
          <option key={each.value} value={each.value}>
            {each.text}
          </option>
        ))}
      </select>
    </Frame>
  );
}

interface CheckFieldProps {
  readonly label: ComponentChildren;
  readonly isChecked: boolean;
  readonly onCheck: (isChecked: boolean) => void;
  readonly isDisabled?: boolean;
}

/** A box to check, with its label beside it. */
export function CheckField({ label, isChecked, onCheck, isDisabled = false }: CheckFieldProps): JSX.Element {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled}
        onChange={(event) => {
          onCheck(event.currentTarget.checked);
        }}
      />
      <span>{label}</span>
    </label>
  );
}
