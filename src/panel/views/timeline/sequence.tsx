import { useMemo, useRef } from 'preact/hooks';
import { call, queryOf } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { counted } from '../../format.js';
import { Link } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { CopyButton } from '../../parts/copy-button.js';
import { download } from '../../parts/download.js';
import { Empty, Loading } from '../../parts/empty.js';
import { WithFingerprints } from '../../parts/fingerprint.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { rowsOfFlow } from './entry/flow-rows.js';
import { describe } from './sequence/describe.js';
import { Diagram } from './sequence/diagram.js';
import { exportSvg } from './sequence/export-svg.js';
import { mermaid } from './sequence/mermaid.js';
import { sequenceOf } from './sequence/steps.js';
import type { JSX } from 'preact';
import type { EntryView } from '../../../client/index.js';
import type { Step } from './sequence/steps.js';

/** The most requests that are drawn. */
const longestFlow = 200;
/** Interval at which the journal is looked at, in milliseconds. Nothing is read while the flow has no new rows. */
const everyMs = 500;

interface Flow {
  readonly entries: readonly EntryView[];
  readonly total: number;
}

/** The sequence diagram of a flow. */
export function Sequence({ flow }: { readonly flow: string }): JSX.Element {
  const { data, problem } = useFlow(flow);
  return (
    <section class="sequence" aria-label={`Sequence of flow ${flow}`}>
      <ProblemNote problem={problem} />
      {data === undefined ? problem === undefined ? <Loading /> : null : <Drawn flow={flow} data={data} />}
    </section>
  );
}

/** The entries of a flow, oldest first. They are read again when the tab has other rows of the flow than before. */
function useFlow(flow: string): ReturnType<typeof useData<Flow>> {
  const latest = useRef<{ readonly state: string; readonly flow: Flow } | undefined>(undefined);
  const rows = rowsOfFlow(flow);
  const state = JSON.stringify([flow, rows.length, rows.filter((row) => row.durationMs === undefined).length, rows.at(-1)?.id]);
  return useData(
    async () => {
      if (latest.current?.state === state) return latest.current.flow;
      const found = await call<Flow>('GET', `/journal${queryOf({ flow, limit: longestFlow })}`);
      latest.current = { state, flow: found };
      return found;
    },
    [flow],
    everyMs,
  );
}

function Drawn({ flow, data: { entries, total } }: { readonly flow: string; readonly data: Flow }): JSX.Element {
  const steps = useMemo(() => sequenceOf(entries), [entries]);
  const place = useRef<HTMLDivElement>(null);
  if (steps.length === 0) {
    return (
      <Empty title={`Flow ${flow} has no requests in the journal`}>
        <p>They were dropped, or the journal was cleared. A new authorization begins a new flow.</p>
        <Link class="button secondary" filters={{}}>
          See the timeline
        </Link>
      </Empty>
    );
  }
  const text = mermaid(steps);
  const title = `Sequence of flow ${flow}: ${counted(entries.length, 'request')}`;
  return (
    <>
      <header class="sequence-head">
        <div>
          <h2>{title}</h2>
          {total > entries.length ? <p class="quiet">The first {longestFlow} of {total} requests.</p> : null}
        </div>
        <div class="actions">
          <Link class="button secondary" filters={{ flow }}>
            Back to the list
          </Link>
          <Button
            onClick={() => {
              const svg = place.current?.querySelector('svg');
              if (svg instanceof SVGSVGElement) download(`flow-${flow}.svg`, exportSvg(svg), 'image/svg+xml');
            }}
          >
            Save as SVG
          </Button>
          <CopyButton text={text} what="diagram as Mermaid text" label="Copy as Mermaid" />
          <Button
            kind="quiet"
            onClick={() => {
              download(`flow-${flow}.mmd`, text);
            }}
          >
            Save as Mermaid
          </Button>
        </div>
      </header>
      <div class="scroll-x diagram-box" ref={place} tabindex={0} role="region" aria-label="Diagram, scrolls sideways">
        <Diagram steps={steps} title={title} />
      </div>
      <details class="steps">
        <summary>The {counted(steps.length, 'step')} as a list</summary>
        <ol>
          {steps.map((step, i) => (
            <li key={i}>
              <StepLine step={step} />
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}

function StepLine({ step }: { readonly step: Step }): JSX.Element {
  return (
    <>
      <WithFingerprints text={describe(step)} />{' '}
      {step.kind === 'pause' ? null : <Link filters={{ entry: String(step.entry) }}>Entry {step.entry}</Link>}
    </>
  );
}
