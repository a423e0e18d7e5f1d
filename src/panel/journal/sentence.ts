import { faultKind } from '../fault-kinds.js';
import { capital } from '../format.js';
import type { FaultKind } from '../fault-kinds.js';
import type { Row } from './row.js';

/** What an accepted token request did, by its grant type. */
const grants: ReadonlyMap<string | undefined, string> = new Map([
  ['authorization_code', 'Tokens issued for the code'],
  ['refresh_token', 'Tokens refreshed'],
  ['password', 'Tokens issued for the password'],
  ['client_credentials', 'Token issued to the client itself'],
]);

/** Starts a sentence with a capital, unless it starts with a name of the protocol such as `client_id`. */
export const capitalised = (text: string): string => (/^[a-z]+(?=[\s,;:.]|$)/.test(text) ? capital(text) : text);

const isRedirect = ({ status = 0 }: Row): boolean => status >= 300 && status < 400;
const isRead = ({ request: { method } }: Row): boolean => method === 'GET' || method === 'HEAD';

/** What an authorization request led to. 303 leads to the consent page, and at some providers back to the client. */
function authorizationDone(row: Row): string {
  if (!isRedirect(row)) return row.status === undefined ? 'Authorization requested' : 'Authorization request answered';
  if (row.userId === undefined) return 'Sent to the login page';
  return row.status === 303 ? 'User recognized and sent on' : 'Sent back to the client with a code';
}

/** What each endpoint does when it accepts a request. */
const endpoints: ReadonlyMap<string, (row: Row) => string> = new Map([
  ['authorize', authorizationDone],
  [
    'login',
    (row: Row) => {
      if (isRead(row)) return 'Login page shown';
      return isRedirect(row) ? 'Logged in' : 'Login form sent';
    },
  ],
  ['consent', (row: Row) => (isRead(row) ? 'Consent page shown' : 'Sent back to the client with a code')],
  ['token', ({ grantType }: Row) => grants.get(grantType) ?? 'Token request answered'],
  ['revoke', () => 'Revocation accepted'],
  ['introspect', () => 'Token described'],
  ['userinfo', () => 'User described'],
  ['metadata', () => 'Metadata sent'],
  ['resource', () => 'API call answered'],
]);

/** A point in time as explanations have it. */
const instant = /(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)Z/g;

/** A text whose times of the day of the entry have no date: the entry has it. */
const withShortTimes = (text: string, { at }: Row): string =>
  text.replaceAll(instant, (all, date: string, time: string) => (at.startsWith(date) ? time : all));

/** What the request did, as a clause without a full stop: what it was refused for, or what it brought about. */
function clause(row: Row): string {
  const { explanation, reason, status, endpoint, request } = row;
  if (explanation !== undefined && explanation !== '') return withShortTimes(explanation.replace(/[.\s]+$/, ''), row);
  if (reason !== undefined) return `Refused: ${reason.replaceAll(/[.-]/g, ' ')}`;
  if (status === 404) return 'Nothing was found at this path';
  if (status !== undefined && status >= 400) return `Answered with status ${status}`;
  if (request.method === 'OPTIONS') return 'Preflight of a browser answered';
  return endpoints.get(endpoint)?.(row) ?? 'Request answered';
}

/** What happened to a request, as one sentence: the reason of a refusal, or what an accepted request did. */
export function sentence(row: Row): string {
  if (row.durationMs === undefined) return 'The answer has not been sent yet.';
  const { instead, but }: Partial<FaultKind> = row.fault === undefined ? {} : faultKind(row.fault.kind);
  if (instead !== undefined) return `A fault ${instead}.`;
  if (but !== undefined) return `${capitalised(clause(row))}, but a fault ${but}.`;
  if (row.status === undefined) return 'The connection was closed before an answer.';
  return `${capitalised(clause(row))}.`;
}
