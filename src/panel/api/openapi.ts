import { callServer } from './call.js';

let known: Promise<unknown> | undefined;

/** The OpenAPI document of the admin API. It is large and changes only with the server, so it is read once. */
export async function readOpenApi<T>(): Promise<T> {
  known ??= callServer<unknown>('GET', '/openapi.json');
  try {
    return (await known) as T;
  } catch (error) {
    known = undefined;
    throw error;
  }
}
