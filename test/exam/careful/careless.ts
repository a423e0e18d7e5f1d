import { CutShort } from './http.js';
import type { Answer } from './http.js';
import type { Flawed } from './settings.js';

/** What a flaw looks at in the answer to an exchange. */
type Looks = (members: Readonly<Record<string, unknown>>, answer: Answer) => boolean;

/** Answers without a usable token that a flaw takes for good ones. */
const takenForGood: Readonly<Record<string, Looks>> = {
  'html-with-200-refused': (_, { status, body }) => status === 200 && body.startsWith('<'),
  'error-with-200-refused': ({ error }, { status }) => status === 200 && error !== undefined,
  'broken-json-refused': (_, { body }) => body.startsWith('{') && !isJson(body),
  'empty-answer-refused': (_, { body }) => body === '',
  'no-access-token-refused': ({ access_token, expires_in }) => expires_in !== undefined && access_token === undefined,
  'exchange-500-survived': (_, { status }) => status === 500,
  'wrong-content-type-survived': ({ access_token: token }, { headers }) =>
    typeof token === 'string' && headers.get('content-type')?.includes('json') === false,
};

const knownMembers = ['access_token', 'token_type', 'expires_in', 'refresh_token', 'scope', 'created_at'];

/** Answers with a usable token that a flaw refuses. */
const refused: Readonly<Record<string, Looks>> = {
  'unknown-members-ignored': (members) => Object.keys(members).some((name) => !knownMembers.includes(name)),
  'token-type-any-case': ({ token_type: type }) => type === 'BEARER',
  'expires-in-missing': ({ expires_in: seconds }) => seconds === undefined,
  'expires-in-as-text': ({ expires_in: seconds }) => typeof seconds === 'string',
  'expires-in-zero': ({ expires_in: seconds }) => seconds === 0,
  'no-scope-member': ({ scope }) => scope === undefined,
  'narrower-scope': ({ scope }) => scope === 'exam.limited',
  'gzip-answer-read': (_, { headers }) => headers.has('content-encoding'),
};

/** Whether a flaw takes an answer without a usable token for a good one. */
export const isTakenForGood = (answer: Answer, flawed: Flawed): boolean => isIn(takenForGood, answer, flawed);

/** Whether a flaw refuses an answer with a usable token. */
export const isRefused = (answer: Answer, flawed: Flawed): boolean => isIn(refused, answer, flawed);

/** The part of a token that a flaw finds in a part of an answer. Undefined: without the flaw, and in another error. */
export function halfToken(error: unknown, flawed: Flawed): string | undefined {
  if (!(error instanceof CutShort) || !flawed('truncated-answer-refused')) return undefined;
  return /"access_token":"([^"]+)/.exec(error.part)?.[1];
}

function isIn(table: Readonly<Record<string, Looks>>, answer: Answer, flawed: Flawed): boolean {
  const members = isJson(answer.body) ? (JSON.parse(answer.body) as Record<string, unknown>) : {};
  return Object.entries(table).some(([id, looks]) => flawed(id) && looks(members, answer));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
