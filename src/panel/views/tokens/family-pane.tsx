import { useState } from 'preact/hooks';
import { call, queryOf, providerPath } from '../../api/call.js';
import { titleOf } from '../../api/provider-titles.js';
import { usePollInterval } from '../../api/use-poll-interval.js';
import { useData } from '../../api/use-data.js';
import { virtualNow } from '../../clock-state.js';
import { timeInUtc } from '../../format.js';
import { whenInWords } from '../../life.js';
import { Link, route } from '../../navigation.js';
import { Badge } from '../../parts/badge.js';
import { Button } from '../../parts/button.js';
import { CopyValue } from '../../parts/copy-value.js';
import { Empty } from '../../parts/empty.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { FamilyActions } from './family-actions.js';
import { grantWords } from './family-text.js';
import { FamilyTree } from './family-tree.js';
import { Awaited } from '../../parts/awaited.js';
import type { JSX } from 'preact';
import type { CodeInfo, Family, TokenInfo } from '../../../client/index.js';

/** How often the family is read again, in milliseconds. */
const firstMs = 2000;
/** Number of uses of each token that are shown at first. */
const usesShown = 5;
/** The values of tokens never change: they are read when there are more of them. */
const seldomMs = 600_000;

/** An open family. */
export function FamilyPane({ id }: { readonly id: string }): JSX.Element {
  const [uses, setUses] = useState(usesShown);
  const { everyMs, timed } = usePollInterval(firstMs);
  const { data, problem } = useData(
    () => timed(() => call<{ families: Family[] }>('GET', `/lineage${queryOf({ id, uses })}`)),
    [id, uses],
    everyMs,
  );
  const family = data?.families[0];
  const values = useValues(family);
  if (family === undefined) {
    return (
      <div class="family-pane card">
        <Awaited data={data} problem={problem} />
        {data === undefined ? null : (
          <Empty title="This world has no such family">
            <p>It may be of another world, or of a time before a reset.</p>
          </Empty>
        )}
        <BackToAll />
      </div>
    );
  }
  const hasMore = [family.code, ...family.tokens].some((line) => line !== null && line.useCount > line.uses.length);
  return (
    <section class="family-pane card" aria-label="Open family">
      <BackToAll />
      <FamilyHead family={family} />
      <ProblemNote problem={problem} />
      <FamilyActions family={family} key={family.id} />
      <FamilyTree family={family} values={values} key={`tree ${family.id}`} />
      {hasMore ? (
        <Button
          onClick={() => {
            setUses(uses * 20);
          }}
        >
          Show more uses
        </Button>
      ) : null}
    </section>
  );
}

function FamilyHead({ family }: { readonly family: Family }): JSX.Element {
  const { id, provider, grantType, clientId, userId, scopes, createdAt, revokedAt, because } = family;
  const now = virtualNow();
  return (
    <>
      <header class="family-head">
        <h2>
          <bdi>{clientId}</bdi>
          {userId === null ? null : ' for '}
          <bdi>{userId}</bdi>
        </h2>
        <Badge tone="quiet">{titleOf(provider)}</Badge>
        <Badge tone="quiet">{grantWords(grantType)}</Badge>
        {revokedAt === null ? null : <Badge tone="danger">revoked</Badge>}
      </header>
      <dl class="facts small">
        <dt>Began</dt>
        <dd>
          {timeInUtc(createdAt)}
          {now === undefined ? '' : `, ${whenInWords(createdAt, now)}`}
        </dd>
        {revokedAt === null ? null : (
          <>
            <dt>Revoked</dt>
            <dd>
              {timeInUtc(revokedAt)}
              {because === null ? '' : `: ${because}`}
            </dd>
          </>
        )}
        <dt>Scopes</dt>
        <dd>{scopes.length === 0 ? 'none' : scopes.join(' ')}</dd>
        <dt>Family</dt>
        <dd>
          <CopyValue text={id} what="the id of the family" />
        </dd>
      </dl>
    </>
  );
}

function BackToAll(): JSX.Element {
  return (
    <p class="family-back">
      <Link filters={{ ...route.value.filters, family: '' }}>Back to all families</Link>
    </p>
  );
}

/** The tokens and the codes of a family, by their fingerprint and by themselves: a world can show secrets plain. */
function useValues(family: Family | undefined): ReadonlyMap<string, string> {
  const { data } = useData(
    async () => {
      if (family === undefined) return [];
      const base = providerPath(family.provider);
      const query = queryOf({ grantId: family.id, limit: 10_000 });
      const [{ tokens }, { codes }] = await Promise.all([
        call<{ tokens: TokenInfo[] }>('GET', `${base}/tokens${query}`),
        call<{ codes: CodeInfo[] }>('GET', `${base}/codes${query}`),
      ]);
      return [
        ...tokens.map(({ token, fingerprint }) => [fingerprint, token] as const),
        ...codes.map(({ code, fingerprint }) => [fingerprint, code] as const),
      ];
    },
    [family?.id, family?.tokens.length, family?.code?.code],
    seldomMs,
  );
  return new Map((data ?? []).flatMap(([name, value]) => [[name, value] as const, [value, value] as const]));
}
