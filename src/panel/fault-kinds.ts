/** A fault or a match as the admin API writes it. */
export type Document = Readonly<Record<string, unknown>>;

/** What the panel knows of a kind of fault. Its parameters are in the schema of the admin API. */
export interface FaultKind {
  /** What it does to the requests of a rule, in words that follow them: `refreshes … are refused`. */
  readonly does: (fault: Document) => string;
  /** What the fault did, if that took the place of the right answer: `A fault …`. */
  readonly instead?: string;
  /** What the fault did to a request that had its effect: `Tokens refreshed, but a fault …`. */
  readonly but?: string;
  /**
   * How a diagram draws it. `late`: the right answer comes after a while. `cut`: the request does not arrive. `none`:
   * no answer comes, and none is lost.
   */
  readonly drawn?: 'late' | 'cut' | 'none';
  /** Whether it needs no parameter: the journal keeps the kind alone. */
  readonly isBare?: true;
  /** Whether its requests wait until they are released. */
  readonly isHolding?: true;
}

/** A value as text. One that a person has not filled in yet is three dots. */
export const plain = (value: unknown): string => {
  if (value === undefined) return '…';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The members of an object as text: `a=1, b=2`. */
export const pairs = (value: unknown): string =>
  Object.entries(value as Document)
    .map(([name, each]) => `${name}=${plain(each)}`)
    .join(', ');

/** Every kind of fault, in the order of the server. */
export const faultKinds: ReadonlyMap<unknown, FaultKind> = new Map<unknown, FaultKind>([
  ['oauth-error', { does: ({ error }) => `are refused with ${plain(error)}`, instead: 'answered with an OAuth error' }],
  ['status', { does: ({ status }) => `get status ${plain(status)}`, instead: 'answered in place of the provider' }],
  [
    'rate-limit',
    {
      does: ({ retryAfter = 1 }) => `are refused with status 429 and Retry-After ${plain(retryAfter)}`,
      instead: 'answered that there were too many requests',
      isBare: true,
    },
  ],
  ['delay', { does: late, but: 'made the answer late', drawn: 'late' }],
  [
    'hang',
    {
      does: () => 'get no answer',
      instead: 'held the answer back until the client gave up',
      drawn: 'none',
      isBare: true,
    },
  ],
  [
    'cut',
    {
      does: () => 'lose their connection before anything happened',
      instead: 'reset the connection before the request had an effect',
      drawn: 'cut',
      isBare: true,
    },
  ],
  ['drop', { does: () => 'happen, but their answer is lost', but: 'lost the answer', isBare: true }],
  [
    'close',
    {
      does: () => 'find the connection closed, without an answer',
      instead: 'closed the connection without an answer',
      isBare: true,
    },
  ],
  [
    'random-bytes',
    {
      does: () => 'get random bytes instead of HTTP',
      instead: 'sent random bytes in place of an answer',
      isBare: true,
    },
  ],
  [
    'truncate',
    {
      does: ({ at }) => `get a body that ends ${at === undefined ? 'halfway' : `after ${plain(at)} characters`}`,
      but: 'cut the answer short',
      isBare: true,
    },
  ],
  [
    'bad-chunk',
    {
      does: () => 'get a body that ends in an invalid chunk',
      but: 'broke the answer in the middle',
      isBare: true,
    },
  ],
  ['garble', { does: () => 'get a body that is not JSON', but: 'made the answer unreadable', isBare: true }],
  [
    'gzip',
    {
      does: ({ broken }) => (broken === true ? 'get a gzip body that cannot be read' : 'get their body as gzip'),
      but: 'compressed the answer',
      isBare: true,
    },
  ],
  [
    'drip',
    {
      does: ({ every = '100ms' }) => `get their body one byte each ${plain(every)}`,
      but: 'sent the answer byte by byte',
      drawn: 'late',
      isBare: true,
    },
  ],
  ['patch', { does: patched, but: 'changed the answer' }],
  [
    'redirect',
    {
      does: ({ to, status = 307 }) => `are redirected to ${plain(to)} with ${plain(status)}`,
      instead: 'sent the client to another URL',
    },
  ],
  ['replay', { does: () => 'get the previous answer again', instead: 'sent an earlier answer again', isBare: true }],
  ['hold', { does: held, but: 'held the answer back for a while', drawn: 'late', isHolding: true }],
  ['tamper', { does: tampered, but: 'changed the parameters of the redirect' }],
  ['pass', { does: () => 'pass unchanged' }],
]);

/** What the panel knows of a kind. One without a row here is shown by its name. */
export const faultKind = (kind: unknown): FaultKind =>
  faultKinds.get(kind) ?? { does: () => `get the fault ${plain(kind)}`, but: `of the kind ${plain(kind)} applied` };

function late({ for: fixed, uniform, logNormal }: Document): string {
  if (Array.isArray(uniform)) return `are answered late, by ${uniform.map(plain).join(' to ')}`;
  if (logNormal !== undefined) return `are answered late, mostly by about ${plain((logNormal as Document).median)}`;
  return `are answered late, by ${plain(fixed)}`;
}

function patched({ set, remove, headers }: Document): string {
  const parts = [
    ...(set === undefined ? [] : [`with ${pairs(set)}`]),
    ...(Array.isArray(remove) ? [`without ${remove.map(plain).join(', ')}`] : []),
    ...(headers === undefined ? [] : [`with the headers ${pairs(headers)}`]),
  ];
  return `are answered ${parts.join(' and ') || '…'}`;
}

function held({ until, atMost }: Document): string {
  const end = until === undefined ? 'until they are released' : `until ${plain(until)} wait, then go on together`;
  return `wait ${end}${atMost === undefined ? '' : `, at most ${plain(atMost)}`}`;
}

function tampered({ state, code, error, iss, extra }: Document): string {
  const parts = [
    ...(state === undefined ? [] : [`the state ${plain(state)}`]),
    ...(code === undefined ? [] : [`the code ${plain(code)}`]),
    ...(error === undefined ? [] : [`the error ${plain(error)}`]),
    ...(iss === undefined ? [] : ['a wrong iss']),
    ...(extra === undefined ? [] : [`also ${pairs(extra)}`]),
  ];
  return `come back with ${parts.join(' and ') || '…'}`;
}
