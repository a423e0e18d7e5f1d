import { isIP } from 'node:net';
import { isHostName } from '../input/host-name.js';

/** A certificate authority. */
export interface Authority {
  /** Its certificate, in PEM. */
  readonly certificate: string;
  /** Its private key, in PEM (PKCS #8). */
  readonly key: string;
  /** The host names and IP addresses that it may sign: its name constraints (RFC 5280 §4.2.1.10). */
  readonly names: readonly string[];
  /** When its certificate ends, in milliseconds since the epoch. */
  readonly endsAt: number;
}

/** A certificate of a server, followed by its chain, and its private key, both in PEM. */
export interface Credentials {
  readonly cert: string;
  readonly key: string;
}

/** Whether an authority may sign a name: it is one of its names, or a subdomain of one (RFC 5280 §4.2.1.10). */
export function maySign({ names }: Pick<Authority, 'names'>, name: string): boolean {
  if (names.includes(name)) return true;
  return isHostName(name) && names.some((each) => isIP(each) === 0 && name.endsWith(`.${each}`));
}
