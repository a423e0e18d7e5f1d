import { signal } from '@preact/signals';
import { world } from '../navigation.js';
import { adminToken, refuseToken } from './admin-token.js';
import { serverUrl, worldUrl } from './address.js';
import { ApiError } from './api-error.js';
import type { ProblemDocument } from './api-error.js';

/** A method of the admin API. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Counts the changes that this tab made. What is shown is read again when it grows. */
export const changes = signal(0);

/** Sends a request of the admin API. Throws ApiError for everything but a successful answer. */
export async function send(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (adminToken.value !== undefined) headers.set('authorization', `Bearer ${adminToken.value}`);
  const answer = await fetch(url, { ...init, headers }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, { title: 'No answer', detail: 'The server did not answer. Is it still running?' });
  });
  if (answer.ok) return answer;
  // 431: nothing of what this page sends is too long, except a token that a person gave (RFC 6585 §5)
  const status = answer.status === 431 && adminToken.value !== undefined ? 401 : answer.status;
  if (status === 401) refuseToken();
  throw new ApiError(status, await problemOf(answer));
}

async function problemOf(answer: Response): Promise<ProblemDocument> {
  try {
    return (await answer.json()) as ProblemDocument;
  } catch {
    return { title: `Status ${answer.status}`, detail: `The server answered with status ${answer.status}.` };
  }
}

async function callAt<T>(base: string, method: Method, path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.headers = { 'content-type': 'application/json' };
    init.body = JSON.stringify(body);
  }
  const answer = await send(`${base}/__admin${path}`, init);
  if (method !== 'GET') changes.value += 1;
  const text = await answer.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** A call about the world that the page shows. `path` begins with a slash. */
export const call = <T = undefined>(method: Method, path: string, body?: unknown): Promise<T> =>
  callAt(worldUrl(world.value), method, path, body);

/** A call about another world. */
export const callWorld = <T = undefined>(id: string, method: Method, path: string, body?: unknown): Promise<T> =>
  callAt(worldUrl(id), method, path, body);

/** A call about the whole server. */
export const callServer = <T = undefined>(method: Method, path: string, body?: unknown): Promise<T> =>
  callAt(serverUrl, method, path, body);

/** Reads an answer that is no JSON, such as a report in another format. */
export const readText = async (path: string): Promise<string> =>
  (await send(`${worldUrl(world.value)}/__admin${path}`)).text();

/** The path of the calls about a provider. */
export const providerPath = (name: string): string => `/providers/${encodeURIComponent(name)}`;

/** The path of the calls about a world as a whole. */
export const worldPath = (id: string): string => `/worlds/${encodeURIComponent(id)}`;

/** A query string with the members that are set: empty, or with its question mark. */
export function queryOf(members: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  return query.size === 0 ? '' : `?${query.toString()}`;
}
