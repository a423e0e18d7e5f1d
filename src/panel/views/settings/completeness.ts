import type { Control } from './control.js';
import type { Values } from './difference.js';

/** The required member that is empty yet. Undefined: the value can be sent. */
export function missingMember(control: Control, value: unknown): string | undefined {
  if (control.kind !== 'variants') return undefined;
  const given = value as Values;
  const variant = control.variants.find(({ name }) => name === given[control.member]);
  return variant?.members.find(({ name, isRequired }) => isRequired && given[name] === '')?.name;
}
