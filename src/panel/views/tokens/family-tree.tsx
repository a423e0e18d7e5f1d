import { useState } from 'preact/hooks';
import { counted, timeInUtc } from '../../format.js';
import { Link } from '../../navigation.js';
import { Badge } from '../../parts/badge.js';
import { ShowMore } from '../../parts/show-more.js';
import { causeOf } from './family-text.js';
import { SecretLine } from './secret-line.js';
import { stepsOf } from './steps.js';
import type { JSX } from 'preact';
import type { Family } from '../../../client/index.js';
import type { Step } from './steps.js';

/** Number of steps that are drawn at first, and added by the button. */
const firstSteps = 40;
/** Deeper branches are not indented further. */
const deepest = 4;

interface FamilyTreeProps {
  readonly family: Family;
  /** The tokens and codes by what the journal shows instead of them. */
  readonly values: ReadonlyMap<string, string>;
}

/** The code of a family, and each answer that issued tokens, below the one that it comes from. */
export function FamilyTree({ family, values }: FamilyTreeProps): JSX.Element {
  const [count, setCount] = useState(firstSteps);
  const { code, provider } = family;
  const steps = stepsOf(family);
  const hidden = Math.max(0, steps.length - count);
  return (
    <ol>
      {code === null ? null : (
        <li class="tree-step">
          <StepHead title="Authorization" at={code.issuedAt} />
          <SecretLine
            provider={provider}
            kind="code"
            name={code.code}
            value={values.get(code.code)}
            life={code}
            uses={code.uses}
            useCount={code.useCount}
          />
        </li>
      )}
      {hidden === 0 ? null : (
        <li class="tree-step tree-more">
          <p class="quiet">{counted(hidden, 'earlier step')} not shown</p>
          <ShowMore
            hidden={hidden}
            step={firstSteps}
            onMore={() => {
              setCount(count + firstSteps);
            }}
          />
        </li>
      )}
      {steps.slice(hidden).map((step) => (
        <li key={step.key} class="tree-step" data-level={Math.min(step.level, deepest)}>
          <StepHead title={causeOf(step, family)} at={step.at} step={step} />
          {step.tokens.map((token) => (
            <SecretLine
              key={token.token}
              provider={provider}
              kind={token.kind}
              name={token.token}
              value={values.get(token.token)}
              life={token}
              uses={token.uses}
              useCount={token.useCount}
            />
          ))}
        </li>
      ))}
    </ol>
  );
}

interface StepHeadProps {
  readonly title: string;
  readonly at: string;
  readonly step?: Step;
}

function StepHead({ title, at, step }: StepHeadProps): JSX.Element {
  return (
    <header class="tree-head">
      <h3>{title}</h3>
      {step?.isAgain === true ? <Badge tone="warning">with a token used before</Badge> : null}
      <p class="quiet small">
        {timeInUtc(at)}
        {step === undefined || step.boughtWith === null ? null : (
          <>
            {' '}
            with <code>{step.boughtWith}</code>
          </>
        )}
        {step === undefined || step.entry === null ? null : (
          <>
            {' · '}
            <Link view="timeline" filters={{ entry: String(step.entry) }}>
              entry {step.entry}
            </Link>
          </>
        )}
      </p>
    </header>
  );
}
