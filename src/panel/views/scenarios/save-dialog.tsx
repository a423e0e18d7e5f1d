import { useState } from 'preact/hooks';
import { callServer } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { useData } from '../../api/use-data.js';
import { go, world } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import { CodeBlock } from '../../parts/code-block.js';
import { Dialog } from '../../parts/dialog.js';
import { download } from '../../parts/download.js';
import { TextField } from '../../parts/field.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { toYaml } from '../../writing/yaml.js';
import { readWorld } from './read-world.js';
import { scenarioFrom } from './saved-scenario.js';
import { Awaited } from '../../parts/awaited.js';
import type { JSX } from 'preact';
import type { WorldInfo } from '../../../client/index.js';

/** How often the world is read again while the drawer is open, in milliseconds. */
const everyMs = 5000;

/** The name of a file: letters, digits, hyphens. */
const fileName = (name: string): string => name.replace(/[^\w-]+/g, '-').replace(/^-+|-+$/g, '') || 'my-world';

/** Shows the world of the page as a scenario, to copy or to download. */
export function SaveDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const [name, setName] = useState(`${world.value}-saved`);
  const [description, setDescription] = useState('');
  const { data, problem } = useData(readWorld, [], everyMs);
  const file = fileName(name);
  const scenario = data === undefined ? undefined : scenarioFrom({ ...data, description });
  const yaml = scenario === undefined ? undefined : toYaml(scenario);
  const attempt = useAction(async () => {
    const { id } = await callServer<WorldInfo>('POST', '/worlds', { scenario });
    say(`The new world “${id}” plays it`);
    go({ world: id });
  });
  return (
    <Dialog title={`The world “${world.value}” as a scenario`} kind="drawer" onClose={onClose}>
      <div class="stack">
        <p class="quiet">
          What differs from <code>default</code>: settings, clients, users, faults without their counts, clock and seed.
          Codes, tokens and the journal are not in it.
        </p>
        <div class="scenario-uses">
          <TextField label="Name" value={name} onText={setName} help={`The file is ${file}.yaml.`} />
          <TextField
            label="Description"
            value={description}
            onText={setDescription}
            placeholder="Catches a client that…"
            help="A sentence that begins with “Catches” is shown in the list."
          />
        </div>
        <Awaited data={data} problem={problem} />
        {yaml === undefined ? null : (
          <>
            <CodeBlock what="YAML of this world" text={yaml} />
            <div class="actions">
              <Button
                kind="primary"
                onClick={() => {
                  download(`${file}.yaml`, yaml, 'application/yaml');
                }}
              >
                Download {file}.yaml
              </Button>
              <Button isBusy={attempt.isBusy} onClick={attempt.run}>
                Try it in a new world
              </Button>
            </div>
            <ProblemNote problem={attempt.problem} />
            <div>
              <h3>Use it</h3>
              <p class="quiet small">Put the file into a folder, and start a server with it.</p>
              <CodeBlock what="command" text={`understudy --fixtures ./scenarios --scenario ${file}`} />
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}
