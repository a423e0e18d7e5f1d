import { useState } from 'preact/hooks';
import { callServer } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { useData } from '../../api/use-data.js';
import { go } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { Dialog } from '../../parts/dialog.js';
import { SelectField, TextField } from '../../parts/field.js';
import { choicesOf, withAll } from '../../parts/choices.js';
import { formMistakes } from '../../parts/form-mistakes.js';
import { Form } from '../../parts/form.js';
import { ProblemNote } from '../../parts/problem-note.js';
import type { JSX } from 'preact';
import type { ScenarioInfo, WorldInfo } from '../../../client/index.js';

/** Scenarios seldom change: they are read again once a minute. */
const scenariosEveryMs = 60_000;

/** Makes a world, and goes to it. */
export function MakeDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const [id, setId] = useState('');
  const [scenario, setScenario] = useState('');
  const [seed, setSeed] = useState('');
  const { data } = useData(() => callServer<{ scenarios: ScenarioInfo[] }>('GET', '/scenarios'), [], scenariosEveryMs);
  const make = useAction(async () => {
    const made = await callServer<WorldInfo>('POST', '/worlds', {
      id: id || undefined,
      scenario: scenario || undefined,
      seed: seed || undefined,
    });
    onClose();
    go({ world: made.id });
    say(`Made the world ${made.id}`);
  });
  const isTaken = make.problem?.status === 409;
  const { at, rest } = formMistakes(
    make.problem,
    { id: 'Id', scenario: 'Scenario', seed: 'Seed' },
    isTaken ? [{ path: 'id', message: 'there is a world with this id already' }] : [],
  );
  return (
    <Dialog title="Make a world" onClose={onClose}>
      <Form does="Make" isBusy={make.isBusy} onSend={make.run} onCancel={onClose}>
        <ProblemNote problem={isTaken ? undefined : rest} />
        <TextField
          label="Id"
          help="Letters, digits, _ and -. Empty: a random id."
          value={id}
          mistake={at('id')}
          isFirst
          onText={setId}
        />
        <SelectField
          label="Scenario"
          value={scenario}
          choices={withAll(
            'The scenario of the server',
            choicesOf((data?.scenarios ?? []).map(({ name }) => name)),
            scenario,
          )}
          mistake={at('scenario')}
          onChoice={setScenario}
        />
        <TextField
          label="Seed"
          help="With the same seed, the same calls give the same codes, tokens and ids. Empty: random."
          value={seed}
          mistake={at('seed')}
          onText={setSeed}
        />
      </Form>
    </Dialog>
  );
}
