import { useEffect, useMemo, useRef } from 'preact/hooks';
import { counted, timeInUtc } from '../../format.js';
import { isLoaded } from '../../journal/store.js';
import { Link, filter, route, setFilters } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { CopyButton } from '../../parts/copy-button.js';
import { download } from '../../parts/download.js';
import { Empty, Loading } from '../../parts/empty.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { WithFingerprints } from '../../parts/fingerprint.js';
import { longestFlow, rowsOfFlow, useFlowEntries } from './flow-entries.js';
import { titleOf } from '../../api/provider-titles.js';
import { describe } from '../../diagram/describe.js';
import { DiagramBox } from '../../diagram/diagram-box.js';
import { exportSvg } from '../../diagram/export-svg.js';
import { mermaid } from '../../diagram/mermaid.js';
import { sequenceOf } from '../../diagram/steps.js';
import type { JSX } from 'preact';
import type { EntryView } from '../../../client/index.js';
import type { DiagramStep } from '../../diagram/steps.js';

/** The sequence diagram of a flow. */
export function Sequence({ flow }: { readonly flow: string }): JSX.Element {
  const { data: entries, problem } = useFlowEntries(flow);
  const isEmpty = isLoaded.value && rowsOfFlow(flow).length === 0;
  return (
    <section class="sequence" aria-label={`Sequence of flow ${flow}`}>
      <ProblemNote problem={problem} />
      {isEmpty ? (
        <NoFlow flow={flow} />
      ) : entries === undefined || entries.length === 0 ? (
        <Loading />
      ) : (
        <DrawnFlow {...{ flow, entries }} />
      )}
    </section>
  );
}

function NoFlow({ flow }: { readonly flow: string }): JSX.Element {
  return (
    <Empty title={`Flow ${flow} has no requests in the journal`}>
      <p>It was dropped, or the journal was cleared.</p>
      <Link class="button secondary" filters={{}}>
        See the timeline
      </Link>
    </Empty>
  );
}

function DrawnFlow({ flow, entries }: { readonly flow: string; readonly entries: readonly EntryView[] }): JSX.Element {
  const steps = useMemo(() => sequenceOf(entries), [entries]);
  const place = useRef<HTMLDivElement>(null);
  const total = rowsOfFlow(flow).length;
  const text = mermaid(steps);
  // the open entry, or the one that the diagram was opened from
  const marked = Number(filter('entry') ?? filter('at') ?? 0);
  useEffect(() => {
    place.current?.querySelector('.marked')?.scrollIntoView({ block: 'nearest' });
  }, [marked]);
  const title = `Sequence of flow ${flow}: ${counted(entries.length, 'request')}`;
  return (
    <>
      <header class="sequence-head">
        <div>
          <h2>{whoseFlow(entries)}</h2>
          <p class="quiet">
            Flow {flow}: {counted(entries.length, 'request')}, {timesOf(entries)}
          </p>
          {total > entries.length ? (
            <p class="quiet">
              The newest {longestFlow} of {counted(total, 'request')}.
            </p>
          ) : null}
        </div>
        <div class="actions">
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
      <DiagramBox
        {...{ steps, title, place }}
        marked={[marked]}
        onStep={(entry) => {
          setFilters({ entry: String(entry) });
        }}
      />
      <details class="steps">
        <summary>The {counted(steps.length, 'step')} as a list with links</summary>
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

/** Whose flow it is: provider, user, client. */
const whoseFlow = (entries: readonly EntryView[]): string =>
  [...new Set((['provider', 'userId', 'clientId'] as const).flatMap((member) => entries.map((each) => each[member])))]
    .flatMap((name) => (name === undefined ? [] : titleOf(name)))
    .join(' · ');

/** When the first and the last request came. */
const timesOf = (entries: readonly EntryView[]): string =>
  [...new Set([...entries.slice(0, 1), ...entries.slice(-1)].map(({ at }) => timeInUtc(at)))].join(' to ');

function StepLine({ step }: { readonly step: DiagramStep }): JSX.Element {
  return (
    <>
      <WithFingerprints text={describe(step)} />{' '}
      {step.kind === 'pause' ? null : (
        <Link filters={{ ...route.value.filters, entry: String(step.entry) }}>Entry {step.entry}</Link>
      )}
    </>
  );
}
