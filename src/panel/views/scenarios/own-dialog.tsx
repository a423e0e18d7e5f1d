import { useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { world } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { TextArea } from '../../parts/field.js';
import { resetWarning } from '../../parts/reset-warning.js';
import { ProblemNote } from '../../parts/problem-note.js';
import type { JSX } from 'preact';

/** Takes a scenario as JSON and plays it in the world of the page. */
export function OwnDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const [text, setText] = useState('{\n  "extends": "default",\n  "faults": []\n}');
  const [mistake, setMistake] = useState<string>();
  const play = useAction(async (scenario: unknown) => {
    await call('PUT', '/scenario', scenario);
    say(`The world “${world.value}” plays your scenario`);
    onClose();
  });
  const read = (): void => {
    try {
      const scenario: unknown = JSON.parse(text);
      setMistake(undefined);
      play.run(scenario);
    } catch (error) {
      const { message } = error as Error;
      play.forget();
      setMistake(`The scenario is not JSON: ${message}. Expected an object, as in { "extends": "default" }.`);
    }
  };
  // the paths are those of the text that a person wrote, so they are kept
  const wrong = play.problem?.mistakes.map(({ path, message }) => `${path} ${message}`) ?? [];
  return (
    <Dialog
      title={`Play a scenario of your own in the world “${world.value}”`}
      onClose={onClose}
      actions={
        <>
          <Button kind="danger" isBusy={play.isBusy} onClick={read}>
            Reset and play
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </>
      }
    >
      <div class="stack">
        <p>{resetWarning} To keep a scenario, make it a file: YAML or JSON.</p>
        <TextArea
          label="Scenario as JSON"
          rows={14}
          value={text}
          mistake={mistake ?? (wrong.join('\n') || undefined)}
          onText={setText}
        />
        <ProblemNote problem={wrong.length === 0 ? play.problem : undefined} />
      </div>
    </Dialog>
  );
}
