import type { Control } from './control.js';

/** What each control gets. */
export interface EditorProps<C extends Control = Control> {
  /** The id of the control, for its label. */
  readonly id: string;
  readonly label: string;
  readonly control: C;
  readonly value: unknown;
  readonly describedBy: string;
  readonly isInvalid: boolean;
  readonly suggestions: readonly string[];
  /** Called with the new value as soon as it is complete. */
  readonly onValue: (value: unknown) => void;
}
