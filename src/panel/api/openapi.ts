import { callServer } from './call.js';
import { connection } from './connection.js';

let known: Promise<unknown> | undefined;

connection.subscribe((state) => {
  // the server that comes back may have another version
  if (state === 'lost') known = undefined;
});

/** The OpenAPI document of the admin API. It is large and changes only with the server, so it is kept. */
export async function readOpenApi<T>(): Promise<T> {
  known ??= callServer<unknown>('GET', '/openapi.json');
  try {
    return (await known) as T;
  } catch (error) {
    known = undefined;
    throw error;
  }
}
