import { ClockView } from './clock/clock-view.js';
import { ExamView } from './exam/exam-view.js';
import { FaultsView } from './faults/faults-view.js';
import { FindingsView } from './findings/findings-view.js';
import { PlaygroundView } from './playground/playground-view.js';
import { ScenariosView } from './scenarios/scenarios-view.js';
import { SettingsView } from './settings/settings-view.js';
import { StartView } from './start/start-view.js';
import { TimelineView } from './timeline/timeline-view.js';
import { TokensView } from './tokens/tokens-view.js';
import { WorldsView } from './worlds/worlds-view.js';
import type { JSX } from 'preact';
import type { ViewName } from '../route.js';

export { Callback } from './playground/callback.js';

/** A view as the navigation knows it. */
interface ViewEntry {
  readonly title: string;
  /** The key after `g` that leads to it. */
  readonly key: string;
  /** The path of its icon, 20 by 20. */
  readonly icon: string;
  readonly View: () => JSX.Element;
}

/** All views. */
export const views: Readonly<Record<ViewName, ViewEntry>> = {
  start: { title: 'Start', key: 's', icon: 'M3 9.5 10 3l7 6.5V17h-4.5v-5h-5v5H3z', View: StartView },
  playground: { title: 'Playground', key: 'p', icon: 'M6 3.5v13l10-6.5z', View: PlaygroundView },
  timeline: { title: 'Timeline', key: 't', icon: 'M3 5h14M3 10h10M3 15h12', View: TimelineView },
  tokens: {
    title: 'Tokens',
    key: 'k',
    icon: 'M13 3a4 4 0 1 0-3.5 5.9L4 14.5V17h3v-2h2v-2l2-2A4 4 0 0 0 13 3zM13.5 6.5h.01',
    View: TokensView,
  },
  clock: { title: 'Clock', key: 'c', icon: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6v4l2.5 2.5', View: ClockView },
  faults: { title: 'Faults', key: 'f', icon: 'M11 2.5 4 11.5h5l-1 6 7-9h-5z', View: FaultsView },
  scenarios: { title: 'Scenarios', key: 'n', icon: 'M5 3h7l3 3v11H5zM8 9h4M8 12.5h4', View: ScenariosView },
  findings: {
    title: 'Findings',
    key: 'i',
    icon: 'M9 3a6 6 0 1 0 0 12A6 6 0 0 0 9 3zM13.5 13.5 17 17',
    View: FindingsView,
  },
  exam: { title: 'Exam', key: 'x', icon: 'M3 3h14v14H3zM6 10l3 3 5-6', View: ExamView },
  worlds: {
    title: 'Worlds',
    key: 'w',
    icon: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM3 10h14M10 3c-4 4-4 10 0 14M10 3c4 4 4 10 0 14',
    View: WorldsView,
  },
  settings: { title: 'Settings', key: 'e', icon: 'M3 6h8M15 6h2M3 14h2M9 14h8M13 4v4M7 12v4', View: SettingsView },
};
