import type { Instant } from '../core/model.js';

/** Writes a point in virtual time as ISO 8601 text in UTC. */
export const writeInstant = (at: Instant): string => new Date(at).toISOString();

/** Writes a point in virtual time; null for `Infinity`, which means never. */
export const writeInstantOrNever = (at: Instant): string | null => (Number.isFinite(at) ? writeInstant(at) : null);
