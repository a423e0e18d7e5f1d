import { useState } from 'preact/hooks';
import { adminToken } from '../../api/admin-token.js';
import { worldUrl } from '../../api/address.js';
import { ApiError } from '../../api/api-error.js';
import { call } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { world } from '../../navigation.js';
import { say } from '../../parts/announcer.js';
import { Button } from '../../parts/button.js';
import { CodeBlock } from '../../parts/code-block.js';
import { Form } from '../../parts/form.js';
import { formMistakes } from '../../parts/form-mistakes.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { previewOf, ruleInWords } from './fault-words.js';
import { readLink } from './link-rule.js';
import { labelsOf, ruleOfDraft } from './rule-draft.js';
import { RuleFields } from './rule-fields.js';
import { RuleSteps } from './rule-steps.js';
import { ruleTexts } from './rule-texts.js';
import type { JSX } from 'preact';
import type { FaultState } from '../../../client/index.js';
import type { RuleForm } from './form-schema.js';
import type { RuleDraft } from './rule-draft.js';

interface FaultFormProps {
  readonly form: RuleForm;
  /** The rule that fills the form at first, as JSON. */
  readonly json: string;
  readonly providers: readonly string[];
  /** Called when a person changes a field. */
  readonly onChange: () => void;
  readonly onCancel: () => void;
  readonly onDone: () => void;
}

/** Makes a rule: the fields of the schema at one side, the same as YAML and as a call at the other. */
export function FaultForm({ form, json, providers, onChange, onCancel, onDone }: FaultFormProps): JSX.Element {
  const [link] = useState(() => readLink(form, json));
  const [lost, setLost] = useState(link.mistakes);
  const [draft, setDraft] = useState(link.draft);
  const { rule, mistakes: own } = ruleOfDraft(form, draft);
  const add = useAction(async () => {
    const { id } = await call<FaultState>('POST', '/faults', rule);
    say(`Added the fault ${id}`);
    onDone();
  });
  const { at, rest } = formMistakes(add.problem, labelsOf(form, draft), own);
  const change = (part: Partial<RuleDraft>): void => {
    setDraft((old) => ({ ...old, ...part }));
    onChange();
  };
  const fieldsOf = (member: 'match' | 'limits' | 'until'): JSX.Element => (
    <RuleFields
      fields={form[member]}
      texts={draft[member]}
      at={at}
      path={member === 'limits' ? '' : `${member}.`}
      unset={member === 'limits' ? 'Left out' : 'Any'}
      suggestions={{ provider: providers }}
      onTexts={(texts) => {
        change({ [member]: texts });
      }}
    />
  );
  return (
    <div class="fault-form">
      <Form
        does="Add the fault"
        isBusy={add.isBusy}
        isDisabled={lost.length > 0}
        onCancel={onCancel}
        onSend={() => {
          if (own.length === 0) add.run();
        }}
      >
        {lost.length === 0 ? null : (
          <>
            <ProblemNote
              problem={new ApiError(0, { title: 'The form leaves out what is wrong in the link:', errors: lost })}
            />
            <Button
              onClick={() => {
                setLost([]);
              }}
            >
              Continue without it
            </Button>
          </>
        )}
        <fieldset class="stack">
          <legend>What happens</legend>
          <RuleSteps
            kinds={form.kinds}
            steps={draft.steps}
            at={at}
            onSteps={(steps) => {
              change({ steps });
            }}
          />
        </fieldset>
        <fieldset class="stack">
          <legend>To which requests</legend>
          {fieldsOf('match')}
        </fieldset>
        <fieldset class="stack">
          <legend>How often</legend>
          {fieldsOf('limits')}
        </fieldset>
        <details open={Object.values(draft.until).some((text) => text !== '')} class="fault-until">
          <summary>Until a request arrives</summary>
          <p class="help">The rule ends when a request that matches this arrives.</p>
          {fieldsOf('until')}
        </details>
        <ProblemNote problem={rest} />
      </Form>
      <Preview rule={rule} />
    </div>
  );
}

function Preview({ rule }: { readonly rule: Readonly<Record<string, unknown>> }): JSX.Element {
  const { yaml, curl, call: library } = ruleTexts(rule, worldUrl(world.value), adminToken.value !== undefined);
  return (
    <aside class="fault-preview" aria-label="The same as text">
      <p class="strong">{previewOf(ruleInWords(rule))}</p>
      <h3>In a scenario file</h3>
      <CodeBlock what="YAML of the fault" text={yaml} />
      <h3>In a test</h3>
      <CodeBlock what="call of the library" text={library} />
      <h3>In a terminal</h3>
      <CodeBlock what="curl command" text={curl} />
    </aside>
  );
}
