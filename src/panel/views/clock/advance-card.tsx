import { useState } from 'preact/hooks';
import { useAction } from '../../api/use-action.js';
import { checkedNow } from '../../clock-state.js';
import { Button } from '../../parts/button.js';
import { TextField } from '../../parts/field.js';
import { formMistakes } from '../../parts/form-mistakes.js';
import { Form } from '../../parts/form.js';
import { Card } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { justAfter } from './clock-text.js';
import { advance, setTo } from './moves.js';
import type { JSX } from 'preact';
import type { Expired } from '../../../client/index.js';

const steps = [
  { text: '+1 min', by: '1m' },
  { text: '+1 h', by: '1h' },
  { text: '+1 day', by: '1d' },
] as const;

const labels = { by: 'Forward by', to: 'Set to', now: 'Set to' } as const;

/** Moves the clock. `next` expires first. */
export function AdvanceCard({ next }: { readonly next: Expired | undefined }): JSX.Element {
  // one action: what succeeds removes the mistake of what was tried before
  const move = useAction((perform: () => Promise<unknown>) => perform());
  const { at, rest } = formMistakes(move.problem, labels);
  const now = checkedNow();
  const proposed = next === undefined || now === undefined ? '1h' : justAfter(Date.parse(next.expiresAt) - now);
  const step = (wanted: Parameters<typeof advance>[0]) => () => {
    move.run(() => advance(wanted));
  };
  return (
    <Card title="Move the clock">
      <div class="stack">
        <div>
          <div class="actions">
            {steps.map(({ by, text }) => (
              <Button key={by} isBusy={move.isBusy} onClick={step({ by })}>
                {text}
              </Button>
            ))}
            <Button kind="primary" isBusy={move.isBusy} onClick={step({ to: 'next-expiry' })}>
              To the next expiry
            </Button>
          </div>
          <ProblemNote problem={rest} />
        </div>
        <MoveForm
          label={labels.by}
          help="Such as 90s, 61m, 2h30m, 30d or PT15M"
          mistake={at('by')}
          proposed={proposed}
          does="Advance"
          isBusy={move.isBusy}
          onSend={(by) => {
            move.run(() => advance({ by }));
          }}
        />
        <MoveForm
          label={labels.to}
          help="A time in UTC, or with an offset such as +01:00. An earlier time goes back"
          mistake={at('to', 'now')}
          placeholder="2026-11-21 12:00:00"
          does="Set"
          isBusy={move.isBusy}
          onSend={(text) => {
            move.run(() => setTo(text));
          }}
        />
      </div>
    </Card>
  );
}

interface MoveFormProps {
  readonly label: string;
  readonly help: string;
  readonly mistake: string | undefined;
  /** What the field has until a person types. */
  readonly proposed?: string;
  readonly placeholder?: string;
  readonly does: string;
  readonly isBusy: boolean;
  readonly onSend: (text: string) => void;
}

function MoveForm({ proposed = '', does, isBusy, onSend, ...field }: MoveFormProps): JSX.Element {
  const [text, setText] = useState<string>();
  const value = text ?? proposed;
  return (
    <Form
      class="clock-form"
      onSend={() => {
        onSend(value.trim());
      }}
    >
      <TextField {...field} value={value} onText={setText} />
      <Button type="submit" isBusy={isBusy}>
        {does}
      </Button>
    </Form>
  );
}
