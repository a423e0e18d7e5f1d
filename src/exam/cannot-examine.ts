import { UsageError } from '../config/option.js';

/** The exam could not be made at all. Its message says why in one sentence; the exit code is 2. */
export class CannotExamine extends UsageError {
  override readonly name = 'CannotExamine';
}
