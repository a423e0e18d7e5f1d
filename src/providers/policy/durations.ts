import { Type } from 'typebox';
import { durationPattern } from '../../input/duration.js';

/** `90s`, `61m`, `2h30m`, `PT15M`, or `never`. */
export const Duration = Type.String({
  pattern: durationPattern,
  format: 'bounded-duration',
  maxLength: 64,
  description: 'a duration: 90s, 61m, 2h30m, 1d, PT15M, or never',
});

/** A member that is the lifetime of something. */
export const lifetime = (of: string) =>
  Type.String({
    pattern: durationPattern,
    format: 'bounded-duration',
    maxLength: 64,
    description: `the lifetime of ${of} as a duration: 90s, 61m, 2h30m, 1d, PT15M, or never`,
  });

/** A member that is a duration with a meaning of its own. */
export const duration = (description: string) =>
  Type.String({
    pattern: durationPattern,
    format: 'bounded-duration',
    maxLength: 64,
    description: `${description}. A duration: 90s, 61m, 2h30m, 1d, PT15M, or never`,
  });
