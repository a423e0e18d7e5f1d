import { titleOf } from '../../api/provider-titles.js';
import { Link } from '../../navigation.js';
import { LifeBar } from '../../parts/life-bar.js';
import { holderOf } from '../../parts/holder.js';
import { kindWords } from '../../life.js';
import type { ComponentChildren, JSX } from 'preact';
import type { Expired } from '../../../client/index.js';

interface ExpiredLineProps {
  readonly of: Expired;
  /** Whether it has a bar. */
  readonly hasBar?: boolean;
  readonly children?: ComponentChildren;
}

/** A line about a code or a token that expires or expired. It leads to its family. */
export function ExpiredLine({ of, hasBar = false, children }: ExpiredLineProps): JSX.Element {
  return (
    <li class="expired-line">
      <div>
        <p>
          <Link view="tokens" filters={{ family: of.grantId }} class="strong">
            {kindWords[of.kind]}
          </Link>{' '}
          <code class="quiet">{of.fingerprint}</code>
        </p>
        <p class="quiet small">
          {titleOf(of.provider)} · {holderOf(of)}
        </p>
      </div>
      {hasBar ? <LifeBar life={{ ...of, status: 'live' }} isAhead /> : null}
      {children}
    </li>
  );
}
