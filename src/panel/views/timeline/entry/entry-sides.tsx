import { counted } from '../../../format.js';
import { Badge } from '../../../parts/badge.js';
import { WithFingerprints } from '../../../parts/fingerprint.js';
import { membersOf, missingBody } from './body-text.js';
import { textOf } from './fact-text.js';
import { EntryBody, Members } from './entry-body.js';
import type { JSX } from 'preact';
import type { EntryView } from '../../../../client/index.js';

/** The request and the answer of an entry, side by side where there is room. */
export function EntrySides({ entry }: { readonly entry: EntryView }): JSX.Element {
  return (
    <div class="sides">
      <Request entry={entry} />
      <Answer entry={entry} />
    </div>
  );
}

function Request({ entry: { request } }: { readonly entry: EntryView }): JSX.Element {
  const { method, scheme, host, path, query, headers, form, proxied } = request;
  const parameters = membersOf(query);
  return (
    <section class="side" aria-label="Request">
      <h3>Request</h3>
      <p class="first-line">
        <code>
          <b>{method}</b> <WithFingerprints text={path} />
        </code>
      </p>
      {host === undefined ? null : (
        <p class="quiet small">
          to {scheme}://{host}
          {proxied === true ? ', by the forward proxy' : ''}
        </p>
      )}
      {parameters.length === 0 ? null : (
        <>
          <h4>Query</h4>
          <Members members={parameters} what="Parameters of the query" />
        </>
      )}
      <h4>Body</h4>
      <EntryBody
        value={form}
        type={headers['content-type']}
        what="Body of the request"
        missing={missingBody(headers)}
      />
      <Headers headers={headers} />
    </section>
  );
}

function Answer({ entry }: { readonly entry: EntryView }): JSX.Element {
  const { response, durationMs, fault } = entry;
  const cause = fault === undefined ? '' : `, because of the fault ${fault.id} (${fault.kind})`;
  if (response === undefined) {
    return (
      <section class="side" aria-label="Answer">
        <h3>Answer</h3>
        <p class="first-line">
          <Badge tone="quiet">{durationMs === undefined ? 'In progress' : 'No answer'}</Badge>
        </p>
        <p class="quiet">
          {durationMs === undefined
            ? 'The answer has not been sent yet. It appears here by itself.'
            : `The connection ended before an answer was complete${cause}.`}
        </p>
      </section>
    );
  }
  const { status, headers, body } = response;
  return (
    <section class="side" aria-label="Answer">
      <h3>Answer</h3>
      <p class="first-line">
        <code>
          <b>{status}</b>
        </code>
        {typeof headers['content-type'] === 'string' ? <code class="quiet">{headers['content-type']}</code> : null}
      </p>
      {headers.location === undefined ? null : (
        <>
          <h4>Redirect to</h4>
          <Location text={textOf(headers.location)} />
        </>
      )}
      <h4>Body</h4>
      <EntryBody value={body} type="application/json" what="Body of the answer" />
      <Headers headers={headers} />
    </section>
  );
}

/** Where a redirect leads, with its parameters one by one. */
function Location({ text }: { readonly text: string }): JSX.Element {
  const [before = '', query] = text.split(/[?#](.*)/s);
  const parameters = [...new URLSearchParams(query ?? '')];
  return (
    <>
      <p class="first-line">
        <code>
          <WithFingerprints text={before} />
        </code>
      </p>
      {parameters.length === 0 ? null : <Members members={parameters} what="Parameters of the redirect" />}
    </>
  );
}

function Headers({ headers }: { readonly headers: Readonly<Record<string, unknown>> }): JSX.Element {
  const all = membersOf(headers);
  return (
    <details class="headers">
      <summary>{counted(all.length, 'header')}</summary>
      <Members members={all} what="Headers" />
    </details>
  );
}
