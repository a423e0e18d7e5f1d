import { Link, route } from '../../../navigation.js';
import { Breakable } from '../../../parts/breakable.js';
import { WithFingerprints } from '../../../parts/fingerprint.js';
import { differenceFrom } from './difference.js';
import { factsOf } from './fact-text.js';
import type { JSX } from 'preact';
import type { OneEntryView } from '../../../../client/index.js';

type Side = NonNullable<OneEntryView['comparison']>['expected'];

/** What was expected beside what was received, and the facts of the reason. Nothing if the request was not refused. */
export function EntryComparison({ entry }: { readonly entry: OneEntryView }): JSX.Element | null {
  const { comparison, facts, reason } = entry;
  if (reason === undefined) return null;
  const all = factsOf(facts);
  return (
    <section class="why" aria-label="What was expected, and what was received">
      {comparison === undefined ? null : (
        <>
          <h3>
            What was expected, and what was received: <code>{comparison.what}</code>
          </h3>
          <div class="sides">
            <div class="side expected">
              <h4>Expected</h4>
              <SideText side={comparison.expected} other={comparison.received} />
            </div>
            <div class="side received">
              <h4>Received</h4>
              <SideText side={comparison.received} other={comparison.expected} />
            </div>
          </div>
        </>
      )}
      {all.length === 0 ? null : (
        <details class="headers" open={comparison === undefined}>
          <summary>Facts of {reason}</summary>
          <dl class="members">
            {all.map(({ label, text, isEntry }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  {isEntry ? (
                    <Link filters={{ ...route.value.filters, entry: text }}>{text}</Link>
                  ) : (
                    <code>
                      <WithFingerprints text={text} />
                    </code>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}

/** The difference is marked only where one value stands on each side. */
const onlyValue = (side: Side): string | undefined =>
  'values' in side && side.values.length === 1 ? side.values[0] : undefined;

function SideText({ side, other }: { readonly side: Side; readonly other: Side }): JSX.Element {
  if ('words' in side) {
    return (
      <p>
        <WithFingerprints text={side.words} />
      </p>
    );
  }
  if (side.values.length === 0) return <p class="quiet">none</p>;
  const [own, against] = [onlyValue(side), onlyValue(other)];
  if (own !== undefined && against !== undefined && own !== against) {
    const { before, middle, after } = differenceFrom(own, against);
    // values that have nothing in common differ as a whole
    const isMarked = middle !== '' && before + after !== '';
    return (
      <p>
        <code>
          <Breakable text={before} />
          {isMarked ? <mark>{middle}</mark> : middle}
          <Breakable text={after} />
        </code>
      </p>
    );
  }
  return (
    <ul>
      {side.values.map((value) => (
        <li key={value}>
          <code>
            <WithFingerprints text={value} />
          </code>
        </li>
      ))}
    </ul>
  );
}
