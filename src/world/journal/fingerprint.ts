import { createHmac } from 'node:crypto';

const pattern = /^fp:[0-9a-f]{12}$/;

/**
 * A short name for a secret. Within one world equal secrets have equal fingerprints, and the secret cannot be read
 * back.
 */
export function fingerprint(secret: string, key: string): string {
  return `fp:${createHmac('sha256', key).update(secret).digest('hex').slice(0, 12)}`;
}

/** Whether a text has the form of a fingerprint. */
export const isFingerprint = (text: string): boolean => pattern.test(text);
