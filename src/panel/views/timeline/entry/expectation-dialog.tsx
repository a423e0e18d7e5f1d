import { useState } from 'preact/hooks';
import { call } from '../../../api/call.js';
import { useAction } from '../../../api/use-action.js';
import { counted } from '../../../format.js';
import { Link, route } from '../../../navigation.js';
import { Button } from '../../../parts/button.js';
import { CodeBlock } from '../../../parts/code-block.js';
import { Dialog } from '../../../parts/dialog.js';
import { SelectField } from '../../../parts/field.js';
import { ProblemNote } from '../../../parts/problem-note.js';
import { toYaml } from '../../../writing/yaml.js';
import { expectationCode, expectationFrom } from './expectation-from.js';
import { textOf } from './fact-text.js';
import type { JSX } from 'preact';
import type { EntryView, Verdict } from '../../../../client/index.js';
import type { HowOften } from './expectation-from.js';

const choices: readonly { readonly value: HowOften; readonly text: string }[] = [
  { value: 'at-least-once', text: 'happens at least once' },
  { value: 'once', text: 'happens exactly once' },
  { value: 'never', text: 'never happens' },
];

/** An expectation made from an entry: as YAML, as code, and checked at once. */
export function ExpectationDialog({
  entry,
  onClose,
}: {
  readonly entry: EntryView;
  readonly onClose: () => void;
}): JSX.Element {
  const [howOften, setHowOften] = useState<HowOften>('at-least-once');
  const [verdict, setVerdict] = useState<Verdict | undefined>(undefined);
  const expectation = expectationFrom(entry, howOften);
  const check = useAction(async () => {
    setVerdict(undefined);
    setVerdict(await call<Verdict>('POST', '/verify', expectation));
  });
  return (
    <Dialog
      title={`Expect what entry ${entry.id} shows`}
      onClose={onClose}
      actions={
        <Button kind="primary" isBusy={check.isBusy} onClick={check.run}>
          Check now
        </Button>
      }
    >
      <div class="stack entry-expectation">
        <SelectField
          label="A request like this"
          value={howOften}
          choices={choices}
          onChoice={(value) => {
            setHowOften(value as HowOften);
            setVerdict(undefined);
          }}
        />
        <div>
          <h3>In a scenario</h3>
          <CodeBlock what="expectation as YAML" text={toYaml({ expect: [expectation] })} />
        </div>
        <div>
          <h3>In a test</h3>
          <CodeBlock what="expectation as code" text={expectationCode(expectation)} />
        </div>
        <ProblemNote problem={check.problem} />
        {verdict === undefined ? null : <VerdictNote verdict={verdict} />}
      </div>
    </Dialog>
  );
}

function VerdictNote({ verdict: { passed, actual, matched, nearMisses } }: { readonly verdict: Verdict }): JSX.Element {
  const shown = [...matched.map((entry) => ({ entry, differences: [] })), ...nearMisses];
  return (
    <div class={`note ${passed ? 'good' : 'danger'}`} role="status">
      <p>
        <strong>{passed ? 'Met' : 'Not met'}</strong>: the journal has {counted(actual, 'such request')}.
      </p>
      {passed || shown.length === 0 ? null : (
        <ul>
          {shown.map(({ entry: { id }, differences }) => (
            <li key={id}>
              <Link filters={{ ...route.value.filters, entry: String(id) }}>Entry {id}</Link>
              {differences.map(({ field, expected, actual: found }) => (
                <span key={field}>
                  {' '}
                  · {field} is <code>{textOf(found)}</code>, expected <code>{textOf(expected)}</code>
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
