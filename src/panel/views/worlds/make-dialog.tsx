import { useState } from 'preact/hooks';
import { callServer } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { useData } from '../../api/use-data.js';
import { go } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { SelectField, TextField } from '../../parts/field.js';
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
      ...(id === '' ? {} : { id }),
      ...(scenario === '' ? {} : { scenario }),
      ...(seed === '' ? {} : { seed }),
    });
    onClose();
    go({ world: made.id });
    say(`Made the world ${made.id}`);
  });
  const mistakeOf = (member: string): string | undefined =>
    make.problem?.mistakes.find(({ path }) => path === member)?.message;
  return (
    <Dialog title="Make a world" onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          make.run();
        }}
      >
        <p>A world has clients, users, tokens, a clock, faults and a journal of its own. Its URLs begin with /w/.</p>
        <ProblemNote problem={make.problem} />
        <TextField
          label="Id"
          help="Letters, digits, _ and -. Empty: a random id."
          value={id}
          mistake={mistakeOf('id')}
          isFirst
          onText={setId}
        />
        <SelectField
          label="Scenario"
          value={scenario}
          choices={[
            { value: '', text: 'that of the server' },
            ...(data?.scenarios ?? []).map(({ name }) => ({ value: name, text: name })),
          ]}
          mistake={mistakeOf('scenario')}
          onChoice={setScenario}
        />
        <TextField
          label="Seed"
          help="With the same seed, the same calls give the same codes, tokens and ids. Empty: random."
          value={seed}
          mistake={mistakeOf('seed')}
          onText={setSeed}
        />
        <div class="actions">
          <Button kind="primary" type="submit" isBusy={make.isBusy}>
            Make
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
