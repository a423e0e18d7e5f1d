import { useState } from 'preact/hooks';
import { counted } from '../../format.js';
import { outcomeOf } from '../../journal/outcome.js';
import { journalRows } from '../../journal/store.js';
import { Link, filter, setFilters } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { Awaited } from '../../parts/awaited.js';
import { Button } from '../../parts/button.js';
import { Empty } from '../../parts/empty.js';
import { Page } from '../../parts/page.js';
import { ExpectationsCard } from './expectations-card.js';
import { ExportButtons } from './export-buttons.js';
import { FindingCard } from './finding-card.js';
import { FindingFilters, shownFilter } from './finding-filters.js';
import { emptyWords, overviewOf, select, severityWords } from './overview.js';
import { RefusedCard } from './refused-card.js';
import { reportPath } from './report-query.js';
import { SuppressDialog } from './suppress-dialog.js';
import { addSuppression, readSuppressions, removeSuppression, writeSuppressions } from './suppressions.js';
import { SuppressionsCard } from './suppressions-card.js';
import { useReport } from './use-report.js';
import type { JSX } from 'preact';
import type { Finding } from '../../../client/index.js';
import type { Overview, Placed } from './overview.js';
import type { Suppression } from './suppressions.js';

/** The view Findings: what the journal proves about the clients. */
export function FindingsView(): JSX.Element {
  const suppressions = readSuppressions(filter('suppress'));
  const isOnAllWorlds = filter('worlds') === 'all';
  const request = { suppressions, isOnAllWorlds };
  const { data, problem } = useReport(reportPath(request));
  const [suppressing, setSuppressing] = useState<string>();
  const keep = (next: readonly Suppression[]): void => {
    setFilters({ suppress: writeSuppressions(next) });
  };
  const overview = data === undefined ? undefined : overviewOf(data);
  return (
    <Page
      title="Findings"
      lead="What the journal proves about the clients: each mistake with its proof, its clause and what to do."
      actions={<ExportButtons request={request} />}
    >
      <Awaited data={data} problem={problem} />
      {overview === undefined ? null : (
        <Findings overview={overview} isOnAllWorlds={isOnAllWorlds} onSuppress={setSuppressing} />
      )}
      <SuppressionsCard
        suppressions={suppressions}
        suppressed={overview?.suppressed ?? []}
        unused={overview?.unused ?? []}
        isWorldShown={isOnAllWorlds}
        onRemove={(rule) => {
          keep(removeSuppression(suppressions, rule));
        }}
      />
      {overview === undefined ? null : (
        <>
          <ExpectationsCard expectations={overview.expectations} isWorldShown={isOnAllWorlds} />
          <RefusedCard refused={overview.refused} isWorldShown={isOnAllWorlds} />
        </>
      )}
      {suppressing === undefined ? null : (
        <SuppressDialog
          rule={suppressing}
          onClose={() => {
            setSuppressing(undefined);
          }}
          onSuppress={(reason) => {
            keep(addSuppression(suppressions, { rule: suppressing, reason }));
            setSuppressing(undefined);
            say(`Suppressed ${suppressing}`);
          }}
        />
      )}
    </Page>
  );
}

interface FindingsProps {
  readonly overview: Overview;
  readonly isOnAllWorlds: boolean;
  readonly onSuppress: (rule: string) => void;
}

function Findings({ overview, isOnAllWorlds, onSuppress }: FindingsProps): JSX.Element {
  const { findings, dropped } = overview;
  const selected = select(findings, shownFilter());
  const isEmpty = findings.length === 0;
  return (
    <>
      {dropped === 0 ? null : (
        <div class="note warning">
          <p>
            {counted(dropped, 'request was', 'requests were')} dropped from the journal because of its limit, and not
            judged.
          </p>
        </div>
      )}
      <FindingFilters findings={findings} />
      {isEmpty ? <NoFindings overview={overview} isOnAllWorlds={isOnAllWorlds} /> : null}
      {!isEmpty && selected.length === 0 ? (
        <Empty title="No finding matches the filters.">
          <Button
            onClick={() => {
              setFilters({ severity: '', provider: '', client: '', user: '', rule: '', text: '' });
            }}
          >
            Show all {findings.length}
          </Button>
        </Empty>
      ) : null}
      {severityWords.map(({ severity, one, many }) => (
        <Group
          key={severity}
          title={[one, many]}
          findings={selected.filter(({ item }) => item.severity === severity)}
          isWorldShown={isOnAllWorlds}
          onSuppress={onSuppress}
        />
      ))}
    </>
  );
}

function NoFindings({ overview, isOnAllWorlds }: Omit<FindingsProps, 'onSuppress'>): JSX.Element {
  return (
    <Empty title={emptyWords(overview, isOnAllWorlds)}>
      {overview.entries > 0 ? (
        <>
          <p>Each mistake of a client is shown here as soon as the journal proves it.</p>
          {journalRows().list.some((row) => outcomeOf(row) === 'fault') ? (
            <p>
              A refusal that you staged with a fault is not a mistake of the client. What it does next is: refresh again
              in the <Link view="playground">Playground</Link>, and see.
            </p>
          ) : null}
        </>
      ) : (
        <>
          <p>Let your client log in and call the API, then look again. No finding is proof only if something came.</p>
          <Link class="button secondary" view="start">
            How to connect a client
          </Link>
        </>
      )}
    </Empty>
  );
}

/** Number of findings of a severity that are drawn at first: all worlds together can have thousands. */
const drawnAtFirst = 100;

interface GroupProps {
  readonly title: readonly [one: string, many: string];
  readonly findings: readonly Placed<Finding>[];
  readonly isWorldShown: boolean;
  readonly onSuppress: (rule: string) => void;
}

function Group({ title, findings, isWorldShown, onSuppress }: GroupProps): JSX.Element | null {
  const [drawn, setDrawn] = useState(drawnAtFirst);
  if (findings.length === 0) return null;
  return (
    <section class="finding-group">
      <h2>{counted(findings.length, ...title)}</h2>
      {findings.slice(0, drawn).map((each) => (
        <FindingCard
          key={`${each.world} ${each.item.rule} ${each.item.provider} ${each.item.clientId ?? ''}`}
          placed={each}
          isWorldShown={isWorldShown}
          onSuppress={onSuppress}
        />
      ))}
      {findings.length <= drawn ? null : (
        <Button
          onClick={() => {
            setDrawn(drawn + drawnAtFirst);
          }}
        >
          Show {Math.min(drawnAtFirst, findings.length - drawn)} more
        </Button>
      )}
    </section>
  );
}
