import { Badge } from '../../parts/badge.js';
import { Card } from '../../parts/page.js';
import { EntryLink } from './entry-links.js';
import { cameInWords, expectationInWords, rangeInWords, valueInWords } from './expectation-words.js';
import type { JSX } from 'preact';
import type { CheckedExpectation } from '../../../client/index.js';
import type { Placed } from './overview.js';

/** The expectations of the scenario and of tests, those that were not met first. */
export function ExpectationsCard({
  expectations,
  isWorldShown,
}: {
  readonly expectations: readonly Placed<CheckedExpectation>[];
  readonly isWorldShown: boolean;
}): JSX.Element | null {
  if (expectations.length === 0) return null;
  const failed = expectations.filter(({ item }) => !item.passed);
  const sorted = [...failed, ...expectations.filter(({ item }) => item.passed)];
  return (
    <Card
      title="Expectations"
      actions={
        <>
          <span>{failed.length} not met</span>
          <span class="quiet">{expectations.length - failed.length} met</span>
        </>
      }
    >
      <p class="quiet small">What a scenario or a test says that the clients must do.</p>
      <ul class="expected-list">
        {sorted.map((each, i) => (
          <Expected key={i} placed={each} isWorldShown={isWorldShown} />
        ))}
      </ul>
    </Card>
  );
}

function Expected({
  placed: { item, world, isEnded },
  isWorldShown,
}: {
  readonly placed: Placed<CheckedExpectation>;
  readonly isWorldShown: boolean;
}): JSX.Element {
  const { expectation, passed, expected, source, matched, nearMisses } = item;
  return (
    <li>
      <p class="expected-line">
        <Badge tone={passed ? 'good' : 'danger'}>{passed ? 'met' : 'not met'}</Badge>
        <code>{expectationInWords(expectation)}</code>
      </p>
      <p class="small">
        {expectation.match === undefined ? null : <>Expected {rangeInWords(expected)}. </>}
        Came: {cameInWords(item)}.{' '}
        <span class="quiet">
          {source === 'scenario' ? 'From the scenario' : 'From a call of verify'}
          {isWorldShown ? `, world ${world}` : ''}
        </span>
      </p>
      {passed || matched.length === 0 ? null : (
        <>
          <p class="small strong">Entries that match</p>
          <ul class="expected-near">
            {matched.map(({ entry, request }) => (
              <li key={entry}>
                <EntryLink request={request} world={world} isEnded={isEnded} />
              </li>
            ))}
          </ul>
        </>
      )}
      {nearMisses.length === 0 ? null : (
        <>
          <p class="small strong">Nearest entries</p>
          <ul class="expected-near">
            {nearMisses.map(({ entry, request, differences }) => (
              <li key={entry}>
                <EntryLink request={request} world={world} isEnded={isEnded} />
                <ul class="small">
                  {differences.map(({ field, expected: wanted, actual }) => (
                    <li key={field}>
                      <code>{field}</code> was <code>{valueInWords(actual)}</code>, expected{' '}
                      <code>{valueInWords(wanted)}</code>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </>
      )}
    </li>
  );
}
