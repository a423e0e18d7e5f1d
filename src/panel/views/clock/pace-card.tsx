import { useState } from 'preact/hooks';
import { useAction } from '../../api/use-action.js';
import { clockReading } from '../../clock-state.js';
import { Button } from '../../parts/button.js';
import { SelectField, TextField } from '../../parts/field.js';
import { Card } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { numberOf } from './clock-text.js';
import { change } from './moves.js';
import { Form } from '../../parts/form.js';
import type { JSX } from 'preact';
import type { ClockDocument } from '../../../client/index.js';

const rates = [0.5, 1, 60, 3600] as const;
const dateHeaders = [
  { value: 'real', text: 'Real time' },
  { value: 'virtual', text: 'The time of this clock' },
] as const;

/** How the clock goes: rate, skew, Date header. */
export function PaceCard(): JSX.Element {
  const state = clockReading.value?.state;
  const [rate, setRate] = useState<string>();
  const [skew, setSkew] = useState<string>();
  const setting = useAction(async (wanted: ClockDocument) => {
    await change(wanted);
    // the fields show again what the clock has
    setRate(undefined);
    setSkew(undefined);
  });
  return (
    <Card title="How it goes">
      <div class="stack">
        <ProblemNote problem={setting.problem} />
        <div class="field" role="group" aria-label="Rate">
          <div class="actions">
            {rates.map((each) => (
              <Button
                key={each}
                isPressed={state?.rate === each}
                aria-label={`Rate × ${each}`}
                onClick={() => {
                  setting.run({ rate: each });
                }}
              >
                × {each}
              </Button>
            ))}
          </div>
        </div>
        <Form
          class="clock-form"
          onSend={() => {
            // what is no number is refused by the server, with its words
            setting.run({ rate: numberOf(rate ?? '') as number });
          }}
        >
          <TextField
            label="Rate"
            value={rate ?? String(state?.rate ?? '')}
            onText={setRate}
            help="Virtual seconds for each real second"
          />
          <Button type="submit" isDisabled={rate === undefined}>
            Set rate
          </Button>
        </Form>
        <Form
          class="clock-form"
          onSend={() => {
            setting.run({ skewSeconds: numberOf(skew ?? '') as number });
          }}
        >
          <TextField
            label="Skew in seconds"
            value={skew ?? String(state?.skewSeconds ?? '')}
            onText={setSkew}
            help="By how much the clock that checks expiry is ahead of the one that issues. Negative: behind"
          />
          <Button type="submit" isDisabled={skew === undefined}>
            Set skew
          </Button>
        </Form>
        <SelectField
          label="Date header of the answers"
          value={state?.dateHeader ?? 'real'}
          choices={dateHeaders}
          onChoice={(value) => {
            setting.run({ dateHeader: value === 'virtual' ? 'virtual' : 'real' });
          }}
        />
      </div>
    </Card>
  );
}
