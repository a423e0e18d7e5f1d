import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useAction } from '../../api/use-action.js';
import { say } from '../../parts/announcer.js';
import { Badge } from '../../parts/badge.js';
import { Button } from '../../parts/button.js';
import { Clause } from '../../parts/clause.js';
import { Ticked } from '../../parts/ticked.js';
import { missingMember } from './completeness.js';
import { defaultToSend } from './difference.js';
import { Editor } from './editor.js';
import { valueText } from './value-words.js';
import type { JSX } from 'preact';
import type { ApiError } from '../../api/api-error.js';
import type { Setting } from './setting.js';

interface SettingRowProps {
  readonly setting: Setting;
  /** Changes with each reading of the provider. */
  readonly reading: unknown;
  readonly users: readonly string[];
  readonly onSave: (field: string, value: unknown) => Promise<void>;
}

/** A value that was chosen here and that the server does not have yet. */
interface Draft {
  readonly value: unknown;
  readonly isSaved: boolean;
}

/** Saves a value, and then the one that was chosen in the meantime. The outcome is that of the last. */
async function saveLatest(
  latest: { readonly current: unknown },
  save: (value: unknown) => Promise<void>,
): Promise<void> {
  for (;;) {
    const value = latest.current;
    try {
      await save(value);
    } catch (error) {
      if (latest.current === value) throw error;
    }
    if (latest.current === value) return;
  }
}

/** A setting with its control, its default, and what is known of it. */
export function SettingRow({ setting, reading, users, onSave }: SettingRowProps): JSX.Element {
  const { field, description, control, isChanged, relaxed } = setting;
  const id = useId();
  const [draft, setDraft] = useState<Draft>();
  const latest = useRef<unknown>(undefined);
  const save = useAction(async () => {
    await saveLatest(latest, (value) => onSave(field, value));
    setDraft((old) => old && { ...old, isSaved: true });
    say(`Saved ${field}`);
  });
  useEffect(() => {
    // the server has it now, perhaps in another spelling: 60m is 1h
    setDraft((old) => (old?.isSaved === true ? undefined : old));
  }, [reading]);
  const take = (value: unknown): void => {
    setDraft({ value, isSaved: false });
    if (save.problem !== undefined) save.forget();
    if (missingMember(control, value) !== undefined) return;
    latest.current = value;
    save.run();
  };
  const shown = draft === undefined ? setting.value : draft.value;
  const missing = missingMember(control, shown);
  return (
    <li class={isChanged ? 'setting changed' : 'setting'}>
      <div>
        <p class="setting-name">
          <label for={id}>
            <code class="strong">{field}</code>
          </label>
          {isChanged ? <Badge tone="info">changed</Badge> : null}
          {relaxed === undefined ? null : <Badge tone="warning">less strict</Badge>}
        </p>
        <p class="small" id={`${id}-about`}>
          <Ticked text={description} />
        </p>
      </div>
      <div class="setting-control">
        <Editor
          id={id}
          label={field}
          control={control}
          value={shown}
          describedBy={`${id}-about ${id}-message`}
          isInvalid={save.problem !== undefined}
          suggestions={users}
          onValue={take}
        />
        <div id={`${id}-message`} class="setting-message small">
          {missing === undefined ? null : <p>Not saved yet: {missing} is required.</p>}
          <Refused
            field={field}
            problem={save.problem}
            onDiscard={() => {
              setDraft(undefined);
              save.forget();
            }}
          />
        </div>
        <p class="small quiet setting-default">
          <span>
            Default: <code>{valueText(setting.standard)}</code>
          </span>
          {isChanged ? (
            <Button
              kind="quiet"
              aria-label={`Reset ${field}`}
              isBusy={save.isBusy}
              onClick={() => {
                take(defaultToSend(setting.value, setting.standard));
              }}
            >
              Reset
            </Button>
          ) : null}
        </p>
      </div>
      <SettingFacts setting={setting} />
    </li>
  );
}

function Refused({
  field,
  problem,
  onDiscard,
}: {
  readonly field: string;
  readonly problem: ApiError | undefined;
  readonly onDiscard: () => void;
}): JSX.Element | null {
  if (problem === undefined) return null;
  const { mistakes, message } = problem;
  const lines = mistakes.map((each) => (each.path === field ? each.message : `${each.path} ${each.message}`));
  return (
    <div class="mistake" role="alert">
      {(lines.length === 0 ? [message] : lines).map((line) => (
        <p key={line}>Not saved: {line}</p>
      ))}
      <Button kind="quiet" aria-label={`Discard the value of ${field}`} onClick={onDiscard}>
        Discard
      </Button>
    </div>
  );
}

/** Number of facts that are shown at once. More are folded. */
const unfolded = 4;

function SettingFacts({ setting: { quirks, relaxed } }: { readonly setting: Setting }): JSX.Element {
  const facts = quirks.map(({ id, behaviour, evidence, confidence }) => (
    <p key={id}>
      <Ticked text={behaviour} />
      <br />
      <span class="quiet" title={confidence}>
        <Ticked text={evidence} />
      </span>
    </p>
  ));
  return (
    <div class="setting-known small">
      {relaxed === undefined ? null : (
        <p>
          <span class="strong">Strict:</span> <code>{valueText(relaxed.strict)}</code>
          <br />
          <Clause text={relaxed.clause} />
        </p>
      )}
      {quirks.length > unfolded ? (
        <details class="fold">
          <summary>{quirks.length} facts with their sources</summary>
          <div class="setting-facts">{facts}</div>
        </details>
      ) : (
        facts
      )}
      {quirks.length === 0 && relaxed === undefined ? (
        <p class="quiet">No source of its own: the standard value.</p>
      ) : null}
    </div>
  );
}
