import { names } from './steps.js';
import type { DiagramStep } from './steps.js';

/** A step as a sentence, for screen readers. */
export function describe(step: DiagramStep): string {
  if (step.kind === 'pause') return `${step.label}.`;
  if (step.kind === 'mark') return `${names[step.at]}: ${step.label}.`;
  const time = step.time === undefined ? '' : `${step.time} `;
  const lost = step.isLost ? ' (it does not arrive)' : '';
  return `${time}${names[step.from]} to ${names[step.to]}: ${step.label}${lost}.`;
}
