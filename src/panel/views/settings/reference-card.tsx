import { Badge } from '../../parts/badge.js';
import { Card } from '../../parts/page.js';
import { Ticked } from '../../parts/ticked.js';
import { errorRows } from './error-rows.js';
import type { JSX } from 'preact';
import type { ProviderInfo } from '../../../client/index.js';
import type { Values } from './difference.js';

/** What else is known of a provider: paths, scopes, behaviour that no setting controls, and its error table. */
export function ReferenceCard({ info }: { readonly info: ProviderInfo }): JSX.Element {
  const fixed = info.quirks.filter(({ field }) => field === undefined);
  return (
    <Card title={`More about ${info.title}`}>
      <details class="fold">
        <summary>Paths and hosts</summary>
        <Paths info={info} />
      </details>
      {Object.keys(info.scopes).length === 0 ? null : (
        <details class="fold">
          <summary>Scopes</summary>
          <dl class="facts small reference-list">
            {Object.entries(info.scopes).map(([scope, words]) => (
              <>
                <dt>
                  <code>{scope}</code>
                </dt>
                <dd>{words}</dd>
              </>
            ))}
          </dl>
        </details>
      )}
      <details class="fold">
        <summary>Behaviour without a setting ({fixed.length})</summary>
        <ul class="setting-facts small">
          {fixed.map(({ id, behaviour, evidence }) => (
            <li key={id}>
              <p>
                <Ticked text={behaviour} />
              </p>
              <p class="quiet">
                <Ticked text={evidence} />
              </p>
            </li>
          ))}
        </ul>
      </details>
      <details class="fold">
        <summary>Error table ({info.errors.length} reasons)</summary>
        <ErrorTable info={info} />
      </details>
    </Card>
  );
}

function Paths({ info: { paths, origin, hosts } }: { readonly info: ProviderInfo }): JSX.Element {
  return (
    <dl class="facts small reference-list">
      <dt>Real service</dt>
      <dd>
        <code>{origin}</code>
      </dd>
      <dt>Hosts</dt>
      <dd>
        <code>{hosts.join(', ') || 'none'}</code>
      </dd>
      {Object.entries(paths).map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>
            <code>{[value].flat().join(', ') || 'none'}</code>
          </dd>
        </>
      ))}
    </dl>
  );
}

function ErrorTable({ info }: { readonly info: ProviderInfo }): JSX.Element {
  return (
    <div class="scroll-x" tabindex={0} role="region" aria-label="Error table">
      <table class="small">
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col">Status</th>
            <th scope="col">Error</th>
            <th scope="col">Description</th>
          </tr>
        </thead>
        <tbody>
          {errorRows(info.errors, info.policy.errors as Values).map((row) => (
            <tr key={row.reason}>
              <td>
                <code>{row.reason}</code> {row.isOverridden ? <Badge tone="info">changed</Badge> : null}
              </td>
              <td>{row.status}</td>
              <td>
                <code>{row.error}</code>
              </td>
              <td>{row.description}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
