import type { JSX } from 'preact';
import type { Control, Variant } from './control.js';
import type { Values } from './difference.js';
import type { EditorProps } from './editor-props.js';

interface VariantsEditorProps extends EditorProps<Extract<Control, { kind: 'variants' }>> {
  /** The control of a member. */
  readonly MemberEditor: (props: EditorProps) => JSX.Element;
}

/** The value of a variant with the members that it can have. A choice begins with its first value. */
function valueOf(member: string, { name, members }: Variant, old: Values): Values {
  const own = members.map(({ name: each, control }): [string, unknown] => [
    each,
    old[each] ?? (control.kind === 'choice' ? control.values[0] : ''),
  ]);
  return { [member]: name, ...Object.fromEntries(own) };
}

/** An object with several shapes: a choice of the shape, and the members of the chosen one. */
export function VariantsEditor({ control, value, onValue, MemberEditor, ...rest }: VariantsEditorProps): JSX.Element {
  const { id, describedBy, isInvalid, suggestions } = rest;
  const { member, variants } = control;
  const current = value as Values;
  const chosen = variants.find(({ name }) => name === current[member]);
  return (
    <div class="setting-variants">
      <select
        id={id}
        value={String(current[member])}
        aria-describedby={describedBy}
        aria-invalid={isInvalid}
        onChange={(event) => {
          const next = variants.find(({ name }) => name === event.currentTarget.value);
          if (next !== undefined) onValue(valueOf(member, next, current));
        }}
      >
        {variants.map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      {chosen?.members.map(({ name, control: own }) => (
        <div class="field" key={name}>
          <label for={`${id}-${name}`}>{name}</label>
          <MemberEditor
            id={`${id}-${name}`}
            label={name}
            control={own}
            value={current[name]}
            describedBy={describedBy}
            isInvalid={isInvalid}
            suggestions={suggestions}
            onValue={(changed) => {
              onValue({ ...current, [name]: changed });
            }}
          />
        </div>
      ))}
    </div>
  );
}
