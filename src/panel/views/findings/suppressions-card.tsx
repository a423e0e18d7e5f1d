import { counted } from '../../format.js';
import { Button } from '../../parts/button.js';
import { CodeBlock } from '../../parts/code-block.js';
import { Card } from '../../parts/page.js';
import { FindingCard } from './finding-card.js';
import { asCall, asCommand, asScenario } from './suppressions.js';
import type { JSX } from 'preact';
import type { SuppressedFinding } from '../../../client/index.js';
import type { Placed } from './overview.js';
import type { Suppression } from './suppressions.js';

interface SuppressionsCardProps {
  readonly suppressions: readonly Suppression[];
  readonly suppressed: readonly Placed<SuppressedFinding>[];
  readonly unused: readonly string[];
  readonly isWorldShown: boolean;
  readonly onRemove: (rule: string) => void;
}

/** What is suppressed: the suppressions of this view, as lines to keep, and the findings that they cover. */
export function SuppressionsCard(given: SuppressionsCardProps): JSX.Element | null {
  const { suppressions, suppressed, unused, isWorldShown, onRemove } = given;
  if (suppressions.length === 0 && suppressed.length === 0 && unused.length === 0) return null;
  return (
    <Card title="Suppressed" actions={<span class="quiet">{counted(suppressed.length, 'finding')}</span>}>
      {unused.length === 0 ? null : (
        <p class="small">
          No finding matches: <code>{unused.join(', ')}</code>
        </p>
      )}
      {suppressions.length === 0 ? null : <Suppressions suppressions={suppressions} onRemove={onRemove} />}
      {suppressed.length === 0 ? null : (
        <details class="fold">
          <summary>Show {counted(suppressed.length, 'suppressed finding')}</summary>
          {suppressed.map((each, i) => (
            <FindingCard key={i} placed={each} isWorldShown={isWorldShown} />
          ))}
        </details>
      )}
    </Card>
  );
}

function Suppressions({
  suppressions,
  onRemove,
}: Pick<SuppressionsCardProps, 'suppressions' | 'onRemove'>): JSX.Element {
  return (
    <>
      <p class="small quiet">These are kept only in the URL of this page, and are for all clients.</p>
      <ul class="suppressions" aria-label="Suppressions of this view">
        {suppressions.map(({ rule, reason }) => (
          <li key={rule}>
            <p>
              <code class="strong">{rule}</code> {reason}
            </p>
            <Button
              kind="quiet"
              aria-label={`Remove the suppression of ${rule}`}
              onClick={() => {
                onRemove(rule);
              }}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <details class="fold">
        <summary>Keep them: scenario, command, test</summary>
        <p class="small quiet">
          For a scenario file. There, <code>provider</code> and <code>clientId</code> limit a suppression to one client.
        </p>
        <CodeBlock what="suppressions for a scenario" text={asScenario(suppressions)} />
        <CodeBlock what="command with the suppressions" text={asCommand(suppressions)} />
        <CodeBlock what="call with the suppressions" text={asCall(suppressions)} />
      </details>
    </>
  );
}
