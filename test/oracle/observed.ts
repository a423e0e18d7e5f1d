import { comparableLocation, said } from './page.js';
import type { Answer } from './wire.js';

/** What is compared of one answer: the status, each header, the body. A value of the run is a placeholder. */
export type Observation = Readonly<Record<string, string | number | boolean | null>>;

/** Which parts of an answer a case compares. */
export interface Selection {
  /** Only these. */
  readonly only?: readonly string[];
  /** All but these. */
  readonly without?: readonly string[];
  /** Only what the page says; see `said`. */
  readonly page?: boolean;
}

/** In the order of the golden file. */
const comparedHeaders = [
  'cache-control',
  'pragma',
  'www-authenticate',
  'content-type',
  'location',
  'allow',
  'etag',
  'vary',
  'x-request-id',
  'x-runtime',
  'access-control-allow-origin',
  'strict-transport-security',
  'retry-after',
] as const;

/** The headers that Rails sets together. They are compared as one. */
const railsHeaders = [
  'x-frame-options',
  'x-xss-protection',
  'x-content-type-options',
  'x-download-options',
  'x-permitted-cross-domain-policies',
  'referrer-policy',
];

/** An answer as a flat record of what can be compared. */
export function observe(answer: Answer, { only, without = [], page = false }: Selection = {}): Observation {
  if (page) return { status: answer.status, page: JSON.stringify(said(answer)) };
  const { status, headers } = answer;
  const parts: [string, string | number][] = [
    ['status', status],
    ...comparedHeaders.map((name): [string, string] => [name, header(answer, name)]),
    ['rails headers', railsHeaders.map((name) => String(headers[name] ?? '–')).join(' | ')],
    ['body', body(answer)],
  ];
  return Object.fromEntries(
    parts.filter(([name]) => (only === undefined || only.includes(name)) && !without.includes(name)),
  );
}

function header({ server, headers }: Answer, name: string): string {
  const value = headers[name];
  if (value === undefined) return '–';
  const text = String(value);
  if (name === 'etag') return /^W\/"[0-9a-f]{32}"$/.test(text) ? '<weak, 32 hex>' : text;
  if (name === 'x-request-id') return /^[0-9a-f-]{36}$/.test(text) ? '<uuid>' : text;
  if (name === 'x-runtime') return /^\d+\.\d{6}$/.test(text) ? '<seconds>' : text;
  return name === 'location' ? comparableLocation(server, text) : text;
}

function body(answer: Answer): string {
  if (answer.text === '') return '(empty)';
  if (answer.headers['content-type']?.includes('html') === true) return JSON.stringify(said(answer));
  try {
    return JSON.stringify(comparable('', JSON.parse(answer.text)));
  } catch {
    return answer.text.slice(0, 400);
  }
}

/** A JSON value with tokens and times replaced, and an object as the list of its members: their order counts. */
function comparable(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => comparable('', each));
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).map(([member, each]) => [member, comparable(member, each)]);
  }
  if (typeof value === 'string' && /^[A-Za-z0-9_-]{43}$/.test(value)) return '<43>';
  if (typeof value !== 'number') return value;
  if (['created_at', 'iat', 'exp'].includes(name) && Number.isInteger(value)) return '<unix seconds>';
  return name === 'expires_in' ? `<about ${Math.round(value / 10) * 10}>` : value;
}
