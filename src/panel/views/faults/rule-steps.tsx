import { Button } from '../../parts/button.js';
import { SelectField } from '../../parts/field.js';
import { Ticked } from '../../parts/ticked.js';
import { stepLabel, stepPath } from './rule-draft.js';
import { RuleFields } from './rule-fields.js';
import { choicesOf } from '../../parts/choices.js';
import type { JSX } from 'preact';
import type { Choice } from '../../parts/choices.js';
import type { KindFields } from './form-schema.js';
import type { FormMistakes } from '../../parts/form-mistakes.js';
import type { Texts } from './rule-draft.js';

interface RuleStepsProps {
  readonly kinds: readonly KindFields[];
  readonly steps: readonly Texts[];
  readonly onSteps: (steps: readonly Texts[]) => void;
  /** What is wrong with the field of a member. */
  readonly at: FormMistakes['at'];
}

/** The fault of a rule, or the faults that apply in turn. */
export function RuleSteps({ kinds, steps, onSteps, at }: RuleStepsProps): JSX.Element {
  const isList = steps.length > 1;
  return (
    <>
      {steps.map((step, i) => {
        const chosen = kinds.find(({ kind }) => kind === step.kind);
        const path = stepPath(i, steps.length);
        const change = (texts: Texts): void => {
          onSteps(steps.with(i, texts));
        };
        return (
          <div key={i} class="fault-step">
            <div class="row">
              <SelectField
                label={stepLabel(i, steps.length)}
                help={<Ticked text={`The client sees ${chosen?.sees ?? 'something else'}.`} />}
                mistake={at(path, `${path}.kind`)}
                value={step.kind ?? ''}
                choices={kindChoices(kinds, step.kind)}
                onChoice={(kind) => {
                  change({ kind });
                }}
              />
              {isList ? (
                <Button
                  kind="quiet"
                  aria-label={`Remove fault ${i + 1}`}
                  onClick={() => {
                    onSteps(steps.toSpliced(i, 1));
                  }}
                >
                  Remove
                </Button>
              ) : null}
            </div>
            <RuleFields
              fields={chosen?.fields ?? []}
              texts={step}
              onTexts={change}
              at={at}
              path={`${path}.`}
              unset="Left out"
            />
          </div>
        );
      })}
      <div>
        <Button
          kind="quiet"
          onClick={() => {
            onSteps([...steps, { kind: 'pass' }]);
          }}
        >
          Add a fault for the next request
        </Button>
      </div>
    </>
  );
}

/** All kinds, after the present one if that does not exist. */
function kindChoices(kinds: readonly KindFields[], present = ''): readonly Choice[] {
  const all = choicesOf(kinds.map(({ kind }) => kind));
  return all.some(({ value }) => value === present) ? all : [{ value: present, text: present || 'None' }, ...all];
}
