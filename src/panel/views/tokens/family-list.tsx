import { titleOf } from '../../api/provider-titles.js';
import { virtualNow } from '../../clock-state.js';
import { counted } from '../../format.js';
import { whenInWords } from '../../life.js';
import { Link, filter, route } from '../../navigation.js';
import { Badge } from '../../parts/badge.js';
import { LifeBar } from '../../parts/life-bar.js';
import { grantWords, livesOf } from './family-text.js';
import { pageNumber } from '../../parts/page-number.js';
import { Pages } from '../../parts/pages.js';
import type { JSX } from 'preact';
import type { Family } from '../../../client/index.js';

/** Number of families on a page of the list. */
export const pageSize = 25;

interface FamilyListProps {
  readonly families: readonly Family[];
  readonly total: number;
  readonly open: string | undefined;
}

/** A page of families, newest first. */
export function FamilyList({ families, total, open }: FamilyListProps): JSX.Element {
  return (
    <div class="family-list">
      <p class="quiet small">{counted(total, 'family', 'families')}, newest first</p>
      <ul>
        {families.map((family) => (
          <li key={family.id}>
            <FamilyRow family={family} isOpen={family.id === open} />
          </li>
        ))}
      </ul>
      <Pages
        page={pageNumber(filter('page'))}
        pages={Math.ceil(total / pageSize)}
        label="Pages of families"
        back="Newer"
        on="Older"
        also={{ family: '' }}
      />
    </div>
  );
}

function FamilyRow({ family, isOpen }: { readonly family: Family; readonly isOpen: boolean }): JSX.Element {
  const now = virtualNow();
  const { id, provider, grantType, clientId, userId, createdAt, revokedAt, tokens } = family;
  return (
    <Link class="family-row" isCurrent={isOpen} filters={{ ...route.value.filters, family: id }}>
      <span>
        <bdi class="strong">{clientId}</bdi>
        {userId === null ? null : (
          <span class="quiet">
            {' '}
            for <bdi>{userId}</bdi>
          </span>
        )}{' '}
        {revokedAt === null ? null : <Badge tone="danger">revoked</Badge>}
      </span>
      <span class="quiet small">
        {titleOf(provider)} · {grantWords(grantType)}
        {now === undefined ? '' : ` · ${whenInWords(createdAt, now)}`} ·{' '}
        {tokens.length === 0 ? 'no token yet' : counted(tokens.length, 'token')}
      </span>
      {livesOf(family).map(({ name, life }) => (
        <span class="family-life" key={name}>
          <span class="quiet small">{name}</span>
          <LifeBar life={life} />
        </span>
      ))}
    </Link>
  );
}
