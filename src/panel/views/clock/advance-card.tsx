import { useState } from 'preact/hooks';
import { useAction } from '../../api/use-action.js';
import { Button } from '../../parts/button.js';
import { TextField } from '../../parts/field.js';
import { Card } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { instantOf } from './clock-text.js';
import { advance, setTo } from './moves.js';
import { Form } from '../../parts/form.js';
import type { JSX } from 'preact';

const steps = [
  { text: '+1 min', by: '1m' },
  { text: '+1 h', by: '1h' },
  { text: '+1 day', by: '1d' },
] as const;

/** Moves the clock. */
export function AdvanceCard(): JSX.Element {
  const [by, setBy] = useState('61m');
  const [to, setText] = useState('');
  const step = useAction(advance);
  const byText = useAction(advance);
  const toText = useAction(setTo);
  return (
    <Card title="Move the clock">
      <div class="stack">
        <div>
          <div class="actions">
            {steps.map((each) => (
              <Button
                key={each.by}
                isBusy={step.isBusy}
                onClick={() => {
                  step.run({ by: each.by });
                }}
              >
                {each.text}
              </Button>
            ))}
            <Button
              kind="primary"
              isBusy={step.isBusy}
              onClick={() => {
                step.run({ to: 'next-expiry' });
              }}
            >
              To the next expiry
            </Button>
          </div>
          <ProblemNote problem={step.problem} />
        </div>
        <Form
          class="clock-form"
          onSend={() => {
            byText.run({ by: by.trim() });
          }}
        >
          <TextField label="Forward by" value={by} onText={setBy} help="Such as 90s, 61m, 2h30m, 30d or PT15M" />
          <Button type="submit" isBusy={byText.isBusy}>
            Advance
          </Button>
          <ProblemNote problem={byText.problem} />
        </Form>
        <Form
          class="clock-form"
          onSend={() => {
            toText.run(instantOf(to));
          }}
        >
          <TextField
            label="Set to"
            value={to}
            onText={setText}
            placeholder="2026-11-21 12:00:00"
            help="A time in UTC, or with an offset such as +01:00. An earlier time goes back"
          />
          <Button type="submit" isBusy={toText.isBusy}>
            Set
          </Button>
          <ProblemNote problem={toText.problem} />
        </Form>
      </div>
    </Card>
  );
}
