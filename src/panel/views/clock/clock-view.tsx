import { Page } from '../../parts/page.js';
import { AdvanceCard } from './advance-card.js';
import { MovesCard } from './moves-card.js';
import { NextCard } from './next-card.js';
import { NowCard } from './now-card.js';
import { PaceCard } from './pace-card.js';
import type { JSX } from 'preact';

/** The view Clock. */
export function ClockView(): JSX.Element {
  return (
    <Page
      title="Clock"
      lead="This world has a time of its own. Codes and tokens are issued and expire by it, beside real time."
    >
      <div class="clock-columns">
        <div class="stack">
          <NowCard />
          <AdvanceCard />
        </div>
        <div class="stack clock-expiries">
          <MovesCard />
          <NextCard />
        </div>
        <PaceCard />
      </div>
    </Page>
  );
}
