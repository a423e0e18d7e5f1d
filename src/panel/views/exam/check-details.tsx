import { useRef } from 'preact/hooks';
import { call } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { DiagramBox } from '../../diagram/diagram-box.js';
import { ownPath } from '../../journal/own-path.js';
import { WithFingerprints } from '../../parts/fingerprint.js';
import { Awaited } from '../../parts/awaited.js';
import { Badge } from '../../parts/badge.js';
import { Clause } from '../../parts/clause.js';
import { parametersOf } from './parameters.js';
import { stepsOfCheck } from './steps-of-check.js';
import type { JSX } from 'preact';
import type { ExamCheck } from '../../../client/index.js';

/** How often an open check is read, in milliseconds: it changes with the next exam only. */
const everyMs = 5000;

interface CheckDetailsProps {
  readonly id: string;
  readonly provider: string | undefined;
}

/** What a check saw: reason, clause, advice, and its requests as a diagram and as a list. */
export function CheckDetails({ id, provider }: CheckDetailsProps): JSX.Element {
  const { data, problem } = useData(() => call<ExamCheck>('GET', `/exam/checks/${id}`), [id], everyMs);
  return (
    <>
      <Awaited data={data} problem={problem} />
      {data === undefined ? null : <Details check={withOwnPaths(data, provider)} />}
    </>
  );
}

/** The requests with the provider's own paths: their world and provider are known. */
const withOwnPaths = (check: ExamCheck, provider: string | undefined): ExamCheck => ({
  ...check,
  requests: check.requests.map((request) => ({ ...request, path: ownPath({ provider, request }) })),
});

function Details({ check }: { readonly check: ExamCheck }): JSX.Element {
  const { id, severity, clause, advice, title, requests, evidence } = check;
  const place = useRef<HTMLDivElement>(null);
  return (
    <div class="stack">
      <p>
        <span class="strong">What to do:</span> {advice}
      </p>
      <p class="quiet small">
        <code>{id}</code>, {severity}. <Clause text={clause} />
      </p>
      <DiagramBox steps={stepsOfCheck(requests)} marked={evidence} {...{ title, place }} />
      <details class="steps">
        <summary>The requests as a list</summary>
        <ol>
          {requests.map((request) => {
            const { entry, method, path, status, explanation } = request;
            return (
              <li key={entry} value={entry}>
                <code class="break">
                  {method} {path} <WithFingerprints text={parametersOf(request)} />
                </code>{' '}
                · {status ?? 'no answer'} {explanation}{' '}
                {evidence.includes(entry) ? <Badge tone="fault">proof</Badge> : null}
              </li>
            );
          })}
        </ol>
      </details>
    </div>
  );
}
