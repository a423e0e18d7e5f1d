import { names, partiesOf } from './steps.js';
import { withoutControls } from './without-controls.js';
import type { DiagramStep } from './steps.js';

/** A text that Mermaid shows as it is: what it would interpret is written as a character code. */
const escaped = (text: string): string =>
  withoutControls(text.replaceAll(/\s+/g, ' ')).replaceAll(
    /[#;<>%{}&"\\`$]/g,
    (character) => `#${character.charCodeAt(0)};`,
  );

/** A sequence diagram as Mermaid text. */
export function mermaid(steps: readonly DiagramStep[]): string {
  const parties = partiesOf(steps);
  const across = [...new Set([parties[0], parties.at(-1)])].join(',');
  return [
    'sequenceDiagram',
    ...parties.map((each) => `    participant ${each} as ${names[each]}`),
    ...steps.map((step) => `    ${lineOf(step, across)}`),
    '',
  ].join('\n');
}

function lineOf(step: DiagramStep, across: string): string {
  if (step.kind === 'pause') return `Note over ${across}: ${escaped(step.label)}`;
  if (step.kind === 'mark') return `Note over ${step.at}: ${escaped(step.label)}`;
  const line = step.isAnswer ? '--' : '-';
  const head = step.isLost ? 'x' : '>>';
  const time = step.time === undefined ? '' : `${step.time} #${step.entry} `;
  return `${step.from}${line}${head}${step.to}: ${escaped(time + step.label)}`;
}
