import { useEffect, useState } from 'preact/hooks';
import { call, queryOf } from '../../api/call.js';
import { useDebounced } from '../../api/use-debounced.js';
import { usePollInterval } from '../../api/use-poll-interval.js';
import { useData } from '../../api/use-data.js';
import { Link, filter, route } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { Empty } from '../../parts/empty.js';
import { Page } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { ExpireManyDialog } from './expire-many-dialog.js';
import { FamilyFilters } from './family-filters.js';
import { pageNumber } from '../../parts/page-number.js';
import { FamilyList, pageSize } from './family-list.js';
import { FamilyPane } from './family-pane.js';
import { MintDialog } from './mint-dialog.js';
import { Awaited } from '../../parts/awaited.js';
import type { JSX } from 'preact';
import type { ApiError } from '../../api/api-error.js';
import type { Family } from '../../../client/index.js';

interface Families {
  readonly families: readonly Family[];
  readonly total: number;
}

/** How often the families are read again, in milliseconds. Each time the server reads its whole journal. */
const firstMs = 3000;

/** The view Tokens. */
export function TokensView(): JSX.Element {
  const [dialog, open] = useState<'mint' | 'many'>();
  const close = (): void => {
    open(undefined);
  };
  return (
    <Page
      title="Tokens"
      lead={
        <>
          Each authorization begins a family: its code, the tokens that it bought, and those that replaced them. The
          bars run out with the <Link view="clock">clock</Link> of this world.
        </>
      }
      actions={
        <>
          <Button
            kind="primary"
            onClick={() => {
              open('mint');
            }}
          >
            Mint tokens
          </Button>
          <Button
            onClick={() => {
              open('many');
            }}
          >
            Expire or revoke many…
          </Button>
        </>
      }
    >
      <div class={filter('family') === undefined ? undefined : 'is-behind'}>
        <FamilyFilters />
      </div>
      <Content />
      {dialog === 'mint' ? <MintDialog onClose={close} /> : null}
      {dialog === 'many' ? <ExpireManyDialog onClose={close} /> : null}
    </Page>
  );
}

function Content(): JSX.Element {
  const wantedQuery = queryOf({
    order: 'newest',
    uses: 0,
    limit: pageSize,
    offset: (pageNumber(filter('page')) - 1) * pageSize,
    provider: filter('provider'),
    clientId: filter('client'),
    userId: filter('user'),
    text: filter('text'),
    live: filter('valid'),
  });
  const query = useDebounced(wantedQuery);
  const { everyMs, timed } = usePollInterval(firstMs);
  const { data, problem } = useData(() => timed(() => call<Families>('GET', `/lineage${query}`)), [query], everyMs);
  const wanted = filter('family');
  const open = useOpenFamily(query, wanted, data?.families[0]?.id);
  if (data?.total === 0 && wanted === undefined) return <NoFamilies problem={problem} />;
  return (
    <>
      <Awaited data={data} problem={problem} />
      <div class={wanted === undefined ? 'families' : 'families is-open'}>
        {data === undefined ? null : <FamilyList {...data} open={open} />}
        {open === undefined ? null : <FamilyPane id={open} key={open} />}
      </div>
    </>
  );
}

/** The family that is open: that of the URL, else the one that was the first when the list was read. */
function useOpenFamily(query: string, wanted: string | undefined, first: string | undefined): string | undefined {
  const [seen, setSeen] = useState<{ readonly query: string; readonly id: string }>();
  useEffect(() => {
    // a newer family does not take the place of the one that is read
    if (first !== undefined && seen?.query !== query) setSeen({ query, id: first });
  }, [query, first, seen]);
  return wanted ?? (seen?.query === query ? seen.id : first);
}

const filterNames = ['provider', 'client', 'user', 'text', 'valid', 'page'];

function NoFamilies({ problem }: { readonly problem: ApiError | undefined }): JSX.Element {
  const isFiltered = filterNames.some((name) => route.value.filters[name] !== undefined);
  return (
    <>
      <ProblemNote problem={problem} />
      {isFiltered ? (
        <Empty title="No family matches">
          <p>Tokens of another world are not found here.</p>
          <Link class="button secondary" filters={{}}>
            Show all families
          </Link>
        </Empty>
      ) : (
        <Empty title="No tokens yet">
          <p>They appear here as soon as a client logs in and exchanges its code, or when you mint some.</p>
          <Link class="button secondary" view="playground">
            Log in with the built-in client
          </Link>
        </Empty>
      )}
    </>
  );
}
