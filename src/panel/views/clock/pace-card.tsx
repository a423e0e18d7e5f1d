import { useState } from 'preact/hooks';
import { useAction } from '../../api/use-action.js';
import { clockReading } from '../../clock-state.js';
import { numberOf } from '../../format.js';
import { Button } from '../../parts/button.js';
import { SelectField, TextField } from '../../parts/field.js';
import { formMistakes } from '../../parts/form-mistakes.js';
import { Form } from '../../parts/form.js';
import { Card } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { change } from './moves.js';
import type { JSX } from 'preact';
import type { ClockDocument } from '../../../client/index.js';

const rates = [0.5, 1, 60, 3600] as const;
const dateHeaders = [
  { value: 'real', text: 'Real time' },
  { value: 'virtual', text: 'The time of this clock' },
] as const;

const numbers = [
  { member: 'rate', label: 'Rate', help: 'Virtual seconds for each real second', does: 'Set rate' },
  {
    member: 'skewSeconds',
    label: 'Skew in seconds',
    help: 'By how much the clock that checks expiry is ahead of the one that issues. Negative: behind',
    does: 'Set skew',
  },
] as const;
const labels = Object.fromEntries(numbers.map(({ member, label }) => [member, label]));

/** How the clock goes: rate, skew, Date header. */
export function PaceCard(): JSX.Element {
  const state = clockReading.value?.state;
  const [texts, setTexts] = useState<Partial<Record<string, string>>>({});
  const setting = useAction(async (wanted: ClockDocument) => {
    await change(wanted);
    // the fields show again what the clock has
    setTexts({});
  });
  const { at, rest } = formMistakes(setting.problem, labels);
  return (
    <Card title="Rate and skew">
      <div class="stack">
        <ProblemNote problem={rest} />
        <div class="actions" role="group" aria-label="Rate">
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
        {numbers.map(({ member, does, ...field }) => (
          <Form
            key={member}
            class="clock-form"
            onSend={() => {
              // what is no number is refused by the server
              setting.run({ [member]: numberOf(texts[member] ?? '') });
            }}
          >
            <TextField
              {...field}
              mistake={at(member)}
              value={texts[member] ?? String(state?.[member] ?? '')}
              onText={(text) => {
                setTexts({ ...texts, [member]: text });
              }}
            />
            <Button type="submit" isDisabled={texts[member] === undefined}>
              {does}
            </Button>
          </Form>
        ))}
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
