import { counted } from '../../format.js';
import { say } from '../../parts/announcer.js';
import { CodeBlock } from '../../parts/code-block.js';
import { Card } from '../../parts/page.js';
import { allDefaults, asJson, asScenario, changedFields } from './difference.js';
import { AskButton } from '../../parts/ask-button.js';
import type { JSX } from 'preact';
import type { Values } from './difference.js';

interface ChangedCardProps {
  readonly provider: string;
  readonly title: string;
  readonly policy: Values;
  readonly defaults: Values;
  readonly onSave: (change: Values) => Promise<void>;
}

/** What differs from the defaults: as lines of a scenario, as a call, and a way back. */
export function ChangedCard({ provider, title, policy, defaults, onSave }: ChangedCardProps): JSX.Element | null {
  const changed = changedFields(policy, defaults);
  const fields = Object.keys(changed);
  if (fields.length === 0) return null;
  return (
    <Card
      title={`${counted(fields.length, 'setting differs', 'settings differ')} from the default`}
      actions={
        <AskButton
          label="Reset all…"
          title={`Reset ${counted(fields.length, 'setting')} of ${title}?`}
          does="Reset all"
          act={async () => {
            await onSave(allDefaults(policy, defaults));
            say(`Reset ${counted(fields.length, 'setting')}`);
          }}
        >
          These get the defaults of the provider: <code>{fields.join(', ')}</code>. What a scenario set is lost too,
          until the world is reset.
        </AskButton>
      }
    >
      <details class="fold">
        <summary>Copy them: scenario, JSON</summary>
        <CodeBlock what="changed settings for a scenario" text={asScenario(provider, changed)} />
        <CodeBlock what={`changed settings for PATCH /providers/${provider}/policy`} text={asJson(changed)} />
      </details>
    </Card>
  );
}
