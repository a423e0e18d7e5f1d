import type { ExamState } from '../../../client/index.js';
import type { Tone } from '../../parts/tone.js';

/** The verdicts of a check, those that need an action first. */
export const verdicts: readonly {
  readonly name: keyof ExamState['counts'];
  readonly text: string;
  readonly tone: Tone;
  readonly isFolded?: true;
}[] = [
  { name: 'failed', text: 'failed', tone: 'danger' },
  { name: 'unsteady', text: 'unsteady', tone: 'danger' },
  { name: 'warned', text: 'warned', tone: 'warning' },
  { name: 'not-seen', text: 'not seen', tone: 'info' },
  { name: 'passed', text: 'passed', tone: 'good', isFolded: true },
  { name: 'not-applicable', text: 'not for this provider', tone: 'quiet', isFolded: true },
];
