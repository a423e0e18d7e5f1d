import { serverUrl } from '../../api/address.js';
import { send } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { Badge } from '../../parts/badge.js';
import { CodeBlock } from '../../parts/code-block.js';
import { Dialog } from '../../parts/dialog.js';
import { Empty } from '../../parts/empty.js';
import { literal } from '../../writing/literal.js';
import { shellWord } from '../../writing/shell-word.js';
import { Ticked } from '../../parts/ticked.js';
import { PlayButton } from './play-button.js';
import { scenarioWords } from './scenario-words.js';
import { Awaited } from '../../parts/awaited.js';
import type { JSX } from 'preact';
import type { ScenarioInfo } from '../../../client/index.js';

interface ScenarioDialogProps {
  readonly name: string;
  /** Undefined: the server has no scenario with this name. */
  readonly scenario: ScenarioInfo | undefined;
  readonly isPlayed: boolean;
  readonly onClose: () => void;
}

/** One scenario in a drawer: what it does, what it catches, how to use it, and its text. */
export function ScenarioDialog({ name, scenario, isPlayed, onClose }: ScenarioDialogProps): JSX.Element {
  return (
    <Dialog title={name} kind="drawer" onClose={onClose}>
      {scenario === undefined ? (
        <Empty title={`There is no scenario “${name}”`}>
          <p>It may be in a folder that this server does not read. Close this to see those it has.</p>
        </Empty>
      ) : (
        <Details scenario={scenario} isPlayed={isPlayed} />
      )}
    </Dialog>
  );
}

function Details({
  scenario: { name, description, source },
  isPlayed,
}: {
  readonly scenario: ScenarioInfo;
  readonly isPlayed: boolean;
}): JSX.Element {
  const { about, catches } = scenarioWords(description);
  const { data: yaml, problem } = useData(
    async () => (await send(`${serverUrl}/__admin/scenarios/${encodeURIComponent(name)}?format=yaml`)).text(),
    [name],
    60_000,
  );
  return (
    <div class="stack">
      <p class="scenario-badges">
        <Badge tone="quiet">{source === 'file' ? 'from a file' : 'built-in'}</Badge>
        {isPlayed ? <Badge tone="good">playing now</Badge> : null}
      </p>
      {catches === undefined ? null : (
        <p class="scenario-catches strong">
          <Ticked text={catches} />
        </p>
      )}
      <p class="scenario-about">
        <Ticked text={about} />
      </p>
      <div class="actions">
        <PlayButton name={name} kind="primary" />
      </div>
      <div class="scenario-uses">
        <div>
          <h3>At the start of a server</h3>
          <CodeBlock what="option" text={`--scenario ${shellWord(name)}`} />
        </div>
        <div>
          <h3>In a test</h3>
          <CodeBlock what="call" text={`await world.play(${literal(name)});`} />
        </div>
      </div>
      <div>
        <h3>As a file</h3>
        <p class="quiet small">With everything that it extends.</p>
        <Awaited data={yaml} problem={problem} />
        {yaml === undefined ? null : <CodeBlock what="YAML of the scenario" text={yaml} />}
      </div>
    </div>
  );
}
