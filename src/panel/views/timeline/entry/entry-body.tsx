import { useState } from 'preact/hooks';
import { counted } from '../../../format.js';
import { Button } from '../../../parts/button.js';
import { WithFingerprints } from '../../../parts/fingerprint.js';
import { bodyOf, startOf } from './body-text.js';
import type { JSX } from 'preact';

/** Characters of a text, and members of a form, that are drawn at first: a page with megabytes would hang. */
const [firstCharacters, firstMembers] = [6000, 60];

interface EntryBodyProps {
  readonly value: unknown;
  readonly type: unknown;
  readonly what: string;
  /** What is said in place of a body that the journal does not have. */
  readonly missing?: string | undefined;
}

/** A body of a request or of an answer. */
export function EntryBody({ value, type, what, missing }: EntryBodyProps): JSX.Element {
  const body = bodyOf(value, type);
  switch (body.kind) {
    case 'none':
      return <p class="quiet small">{missing ?? 'No body'}</p>;
    case 'left-out':
      return <p class="note small">{body.note}</p>;
    case 'form':
      return <Members members={body.members} what={what} />;
    case 'json':
      return <CutText text={body.text} what={what} />;
    case 'text':
      return (
        <>
          {body.controls === 0 ? null : (
            <p class="quiet small">
              The body is binary: {counted(body.controls, 'control character')} are shown as symbols such as ␀.
            </p>
          )}
          <CutText text={body.text} what={what} />
        </>
      );
  }
}

/** Parameters by name. */
export function Members({
  members,
  what,
}: {
  readonly members: readonly (readonly [name: string, value: string])[];
  readonly what: string;
}): JSX.Element {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? members : members.slice(0, firstMembers);
  if (members.length === 0) return <p class="quiet small">None</p>;
  return (
    <>
      <dl class="members" aria-label={what}>
        {shown.map(([name, value], i) => (
          <div key={i}>
            <dt>
              <code>
                <WithFingerprints text={name} />
              </code>
            </dt>
            <dd>
              {value === '' ? <span class="quiet small">empty</span> : <CutText text={value} what={name} isInline />}
            </dd>
          </div>
        ))}
      </dl>
      {shown.length === members.length ? null : (
        <Button
          kind="quiet"
          onClick={() => {
            setWhole(true);
          }}
        >
          Show all {counted(members.length, 'parameter')}
        </Button>
      )}
    </>
  );
}

/** A text, cut if it is long, with a button that shows all of it. */
function CutText({ text, what, isInline = false }: { text: string; what: string; isInline?: boolean }): JSX.Element {
  const [isWhole, setWhole] = useState(false);
  const { shown, left } = isWhole ? { shown: text, left: 0 } : startOf(text, firstCharacters);
  const code = (
    <code>
      <WithFingerprints text={shown} />
      {left === 0 ? null : '…'}
    </code>
  );
  return (
    <>
      {isInline ? (
        code
      ) : (
        <pre class="body" tabindex={0} role="region" aria-label={what}>
          {code}
        </pre>
      )}
      {left === 0 ? null : (
        <Button
          kind="quiet"
          onClick={() => {
            setWhole(true);
          }}
        >
          Show all: {counted(left, 'more character')}
        </Button>
      )}
    </>
  );
}
