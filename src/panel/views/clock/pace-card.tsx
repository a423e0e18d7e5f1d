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

type NumberField = (typeof numbers)[number];

/** One number of the clock. Setting it waits for no other action, and loses no text that is typed meanwhile. */
function NumberForm({ member, does, ...field }: NumberField): JSX.Element {
  const state = clockReading.value?.state;
  const [text, setText] = useState<string>();
  const setting = useAction(async () => {
    // what is no number is refused by the server
    await change({ [member]: numberOf(text ?? '') });
    // the field shows again what the clock has
    setText((now) => (now === text ? undefined : now));
  });
  const { at, rest } = formMistakes(setting.problem, { [member]: field.label });
  return (
    <>
      <ProblemNote problem={rest} />
      <Form class="clock-form" onSend={setting.run}>
        <TextField {...field} mistake={at(member)} value={text ?? String(state?.[member] ?? '')} onText={setText} />
        <Button type="submit" isBusy={setting.isBusy} isDisabled={text === undefined}>
          {does}
        </Button>
      </Form>
    </>
  );
}

/** How the clock goes: rate, skew, Date header. */
export function PaceCard(): JSX.Element {
  const state = clockReading.value?.state;
  const setting = useAction(change);
  return (
    <Card title="Rate and skew">
      <div class="stack">
        <ProblemNote problem={setting.problem} />
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
        {numbers.map((number) => (
          <NumberForm key={number.member} {...number} />
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
