/** How a sentence tells of a fault. */
interface FaultWords {
  /** A sentence of its own, for a fault that takes the place of the right answer. */
  readonly instead?: string;
  /** The rest of a sentence about what the request did, for a fault that leaves its effect. */
  readonly but?: string;
}

/** The words for each kind of fault. `pass` has none: it changes nothing. */
export const faultWords: ReadonlyMap<string, FaultWords> = new Map<string, FaultWords>([
  ['oauth-error', { instead: 'A fault answered with an OAuth error' }],
  ['status', { instead: 'A fault answered in place of the provider' }],
  ['rate-limit', { instead: 'A fault answered that there were too many requests' }],
  ['redirect', { instead: 'A fault sent the client to another URL' }],
  ['replay', { instead: 'A fault sent an earlier answer again' }],
  ['hang', { instead: 'A fault held the answer back until the client gave up' }],
  ['cut', { instead: 'A fault reset the connection before the request had an effect' }],
  ['close', { instead: 'A fault closed the connection without an answer' }],
  ['random-bytes', { instead: 'A fault sent random bytes in place of an answer' }],
  ['delay', { but: 'a fault made the answer late' }],
  ['hold', { but: 'a fault held the answer back for a while' }],
  ['drop', { but: 'a fault lost the answer' }],
  ['truncate', { but: 'a fault cut the answer short' }],
  ['bad-chunk', { but: 'a fault broke the answer in the middle' }],
  ['garble', { but: 'a fault made the answer unreadable' }],
  ['gzip', { but: 'a fault compressed the answer' }],
  ['drip', { but: 'a fault sent the answer byte by byte' }],
  ['patch', { but: 'a fault changed the answer' }],
  ['tamper', { but: 'a fault changed the parameters of the redirect' }],
]);
