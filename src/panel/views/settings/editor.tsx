import { useRef, useState } from 'preact/hooks';
import { Button } from '../../parts/button.js';
import { CheckField } from '../../parts/field.js';
import { numberOf } from './control.js';
import { VariantsEditor } from './variants-editor.js';
import type { JSX } from 'preact';
import type { Control } from './control.js';
import type { EditorProps } from './editor-props.js';

type Of<K extends Control['kind']> = EditorProps<Extract<Control, { kind: K }>>;

/** The control of a setting. */
export function Editor(props: EditorProps): JSX.Element {
  const { control } = props;
  switch (control.kind) {
    case 'switch':
      return <Switch {...props} control={control} />;
    case 'choice':
      return <ChoiceEditor {...props} control={control} />;
    case 'several':
      return <Several {...props} control={control} />;
    case 'variants':
      return <VariantsEditor {...props} control={control} MemberEditor={Editor} />;
    case 'json':
      return <JsonEditor {...props} control={control} />;
    case 'duration':
    case 'number':
    case 'text':
      return <LineEditor {...props} control={control} />;
  }
}

function Switch({ id, value, describedBy, onValue }: Of<'switch'>): JSX.Element {
  return (
    <span class="check">
      <input
        id={id}
        type="checkbox"
        checked={value === true}
        aria-describedby={describedBy}
        onChange={(event) => {
          onValue(event.currentTarget.checked);
        }}
      />
      <span aria-hidden="true">{value === true ? 'yes' : 'no'}</span>
    </span>
  );
}

function ChoiceEditor({ id, control, value, describedBy, isInvalid, onValue }: Of<'choice'>): JSX.Element {
  return (
    <select
      id={id}
      value={String(value)}
      aria-describedby={describedBy}
      aria-invalid={isInvalid}
      onChange={(event) => {
        onValue(control.values.find((each) => String(each) === event.currentTarget.value));
      }}
    >
      {control.values.map((each) => (
        <option key={each} value={String(each)}>
          {each}
        </option>
      ))}
    </select>
  );
}

function Several({ id, label, control, value, describedBy, onValue }: Of<'several'>): JSX.Element {
  const chosen = Array.isArray(value) ? (value as readonly unknown[]) : [];
  // two clicks may come before the list is drawn again
  const latest = useRef(chosen);
  latest.current = chosen;
  return (
    <div id={id} role="group" aria-label={label} aria-describedby={describedBy} class="setting-several">
      {control.values.map((each) => (
        <CheckField
          key={each}
          label={each}
          isChecked={chosen.includes(each)}
          onCheck={(isChecked) => {
            const others = latest.current.filter((other) => other !== each);
            latest.current = isChecked ? [...others, each] : others;
            onValue(latest.current);
          }}
        />
      ))}
    </div>
  );
}

const textOf = (value: unknown): string =>
  typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';

function LineEditor(props: Of<'duration' | 'number' | 'text'>): JSX.Element {
  const { id, control, value, describedBy, isInvalid, suggestions, onValue } = props;
  // what is typed stays when the page is drawn again in the meantime
  const [typed, setTyped] = useState<string>();
  const words = control.kind === 'number' ? control.words : control.kind === 'text' ? suggestions : [];
  return (
    <>
      <input
        id={id}
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={typed ?? textOf(value)}
        list={words.length === 0 ? undefined : `${id}-words`}
        aria-describedby={describedBy}
        aria-invalid={isInvalid}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
        }}
        onChange={(event) => {
          const text = event.currentTarget.value;
          setTyped(undefined);
          onValue(control.kind === 'number' ? numberOf(text) : text.trim());
        }}
      />
      {words.length === 0 ? null : (
        <datalist id={`${id}-words`}>
          {words.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </>
  );
}

function JsonEditor({ id, value, describedBy, isInvalid, onValue }: Of<'json'>): JSX.Element {
  const current = JSON.stringify(value, null, 2);
  const [draft, setDraft] = useState<string>();
  const [mistake, setMistake] = useState<string>();
  return (
    <>
      <textarea
        id={id}
        rows={Math.min(8, Math.max(2, (draft ?? current).split('\n').length))}
        spellcheck={false}
        value={draft ?? current}
        aria-describedby={describedBy}
        aria-invalid={isInvalid || mistake !== undefined}
        onInput={(event) => {
          setDraft(event.currentTarget.value);
          setMistake(undefined);
        }}
      />
      {mistake === undefined ? null : <p class="mistake small">{mistake}</p>}
      {draft === undefined || draft === current ? null : (
        <div class="actions">
          <Button
            kind="primary"
            onClick={() => {
              try {
                onValue(JSON.parse(draft));
                setDraft(undefined);
              } catch (error) {
                setMistake(`This is no JSON: ${error instanceof Error ? error.message : String(error)}`);
              }
            }}
          >
            Save
          </Button>
          <Button
            onClick={() => {
              setDraft(undefined);
              setMistake(undefined);
            }}
          >
            Discard
          </Button>
        </div>
      )}
    </>
  );
}
