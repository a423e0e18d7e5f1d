import { badChunk } from './bad-chunk.js';
import { close } from './close.js';
import { cut } from './cut.js';
import { delay } from './delay.js';
import { drip } from './drip.js';
import { drop } from './drop.js';
import { garble } from './garble.js';
import { gzip } from './gzip.js';
import { hang } from './hang.js';
import { hold } from './hold.js';
import { oauthError } from './oauth-error.js';
import { pass } from './pass.js';
import { patch } from './patch.js';
import { randomBytes } from './random-bytes.js';
import { rateLimit } from './rate-limit.js';
import { redirect } from './redirect.js';
import { replay } from './replay.js';
import { status } from './status.js';
import { tamper } from './tamper.js';
import { truncate } from './truncate.js';
import type { Static } from 'typebox';
import type { FaultEndpoint, Kind } from '../fault.js';

const all = [
  oauthError,
  status,
  rateLimit,
  delay,
  hang,
  cut,
  drop,
  close,
  randomBytes,
  truncate,
  badChunk,
  garble,
  gzip,
  drip,
  patch,
  redirect,
  replay,
  hold,
  tamper,
  pass,
] as const;

/** Every kind of fault, in the order of the reference page. */
export const kinds: readonly Kind[] = all;

/** A fault with its parameters, as in a rule. */
export type Fault = Static<(typeof all)[number]['schema']>;

const byName = new Map<string, Kind>(kinds.map((kind) => [kind.name, kind]));

/** The kind of a checked fault. */
export function kindOf({ kind }: Fault): Kind {
  return byName.get(kind) as Kind;
}

/** The kind of this name. Undefined for a name that no kind has, as a snapshot of another version may contain. */
export function kindNamed(name: string): Kind | undefined {
  return byName.get(name);
}

/** Whether a fault applies after the effect although its kind usually replaces it. */
const comesAfter = (fault: Fault): boolean => 'after' in fault && fault.after;

/** Whether a request with this fault has its effect. */
export function happensWith(fault: Fault): boolean {
  const { happens } = kindOf(fault);
  return happens === 'after' ? comesAfter(fault) : happens;
}

/** The endpoints at which a fault has a meaning. */
export function endpointsWith(fault: Fault): readonly FaultEndpoint[] {
  const { endpoints, endpointsAfter = endpoints } = kindOf(fault);
  return comesAfter(fault) ? endpointsAfter : endpoints;
}
