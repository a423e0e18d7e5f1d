import { call } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { Page } from '../../parts/page.js';
import { AdvanceCard } from './advance-card.js';
import { MovesCard } from './moves-card.js';
import { NextCard, maxExpiries } from './next-card.js';
import { NowCard } from './now-card.js';
import { PaceCard } from './pace-card.js';
import type { JSX } from 'preact';
import type { Expiries } from '../../../client/index.js';

/** The view Clock. */
export function ClockView(): JSX.Element {
  const next = useData(() => call<Expiries>('GET', `/clock/expiries?limit=${maxExpiries}`));
  return (
    <Page
      title="Clock"
      lead="This world has a time of its own. Codes and tokens are issued and expire by it, beside real time."
    >
      <div class="clock-columns">
        <div class="stack">
          <NowCard />
          <AdvanceCard next={next.data?.expiries[0]} />
        </div>
        <div class="stack clock-expiries">
          <MovesCard />
          <NextCard {...next} />
        </div>
        <PaceCard />
      </div>
    </Page>
  );
}
