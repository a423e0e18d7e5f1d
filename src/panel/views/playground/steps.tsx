import { useEffect } from 'preact/hooks';
import { requestTime } from '../../format.js';
import { journalRows, onRows, rows } from '../../journal/store.js';
import { Link } from '../../navigation.js';
import { Badge } from '../../parts/badge.js';
import { CodeBlock } from '../../parts/code-block.js';
import { findEntries } from './find-entries.js';
import { changeRun, currentRun } from './runs.js';
import { bodyText, requestText, sentenceOf, titles } from './texts.js';
import type { JSX } from 'preact';
import type { Run, RunStep } from './run.js';

/** The steps of a run, the newest first. */
export function Steps({ run, title }: { readonly run: Run; readonly title: string }): JSX.Element {
  const { state, steps } = run;
  useEffect(() => {
    const find = (): void => {
      const now = currentRun();
      const found = now?.state === state ? findEntries(now, rows.list) : undefined;
      if (found !== undefined) changeRun(state, () => ({ steps: found }));
    };
    find();
    return onRows(find);
  }, [state, steps.length]);
  return (
    <section aria-label="Steps">
      {steps.toReversed().map((step, i) => (
        <StepCard key={step.id} step={step} title={title} isNewest={i === 0} />
      ))}
      <AuthorizationRequest run={run} isNewest={steps.length === 0} />
    </section>
  );
}

interface StepCardProps {
  readonly step: RunStep;
  readonly title: string;
  readonly isNewest: boolean;
}

function StepCard({ step, title, isNewest }: StepCardProps): JSX.Element {
  const { id, kind, request, answer, failure, entry, sent } = step;
  const explanation = entry === undefined ? undefined : journalRows().get(entry)?.explanation;
  return (
    <details class="card play-step" open={isNewest}>
      <summary>
        <span class="play-number">{id + 1}</span>
        <span class="strong">{titles[kind]}</span>
        <Verdict step={step} />
        {answer === undefined ? null : <span class="quiet small">{requestTime(answer.ms)}</span>}
      </summary>
      <p>
        {sentenceOf(step, title, explanation)}{' '}
        {sent === undefined
          ? null
          : `The browser sent it ${sent} times: it repeats a request after a reset. A client of your own may not. `}
        {entry === undefined ? null : (
          <Link view="timeline" filters={{ entry: String(entry) }}>
            See it in the timeline
          </Link>
        )}
      </p>
      <div class="play-pair">
        <div>
          <h3>{kind === 'callback' ? 'What the browser brought' : 'Request'}</h3>
          <CodeBlock text={requestText(request)} what={`request of step ${id + 1}`} />
        </div>
        {answer === undefined ? null : (
          <div>
            <h3>Answer</h3>
            <CodeBlock
              text={`${answer.status} ${answer.type}\n\n${bodyText(answer)}`.trim()}
              what={`answer of step ${id + 1}`}
            />
          </div>
        )}
        {failure === undefined ? null : (
          <div>
            <h3>Answer</h3>
            <p class="quiet">There is none that a client could use.</p>
          </div>
        )}
      </div>
    </details>
  );
}

function Verdict({ step: { answer, failure, isRefused } }: { readonly step: RunStep }): JSX.Element {
  if (isRefused === true) return <Badge tone="danger">refused</Badge>;
  if (failure !== undefined) return <Badge tone="fault">no answer</Badge>;
  if (answer === undefined) return <Badge tone="good">state is right</Badge>;
  return <Badge tone={answer.status < 400 ? 'good' : 'danger'}>{answer.status}</Badge>;
}

function AuthorizationRequest({ run, isNewest }: { readonly run: Run; readonly isNewest: boolean }): JSX.Element {
  return (
    <details class="card play-step" open={isNewest}>
      <summary>
        <span class="play-number">1</span>
        <span class="strong">Send the browser to the provider</span>
      </summary>
      <p>
        The browser asks for a code in the name of the client. The user logs in at the provider, so the client never
        sees the password.{' '}
        <Link view="timeline" filters={{ client: run.clientId, endpoint: 'authorize' }}>
          See it in the timeline
        </Link>
      </p>
      <CodeBlock
        text={requestText({ method: 'GET', url: run.authorizeUrl, headers: {} }).replaceAll('&', '\n  &')}
        what="authorization request"
      />
    </details>
  );
}
