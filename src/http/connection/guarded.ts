import type { FastifyBaseLogger, FastifyRequest } from 'fastify';

/**
 * Makes a listener of an event, a timer or a promise that survives what it throws. Nothing else would catch it, and the
 * process would end. The log gets the error.
 *
 * @param entry the id of the journal entry that is concerned, if one is
 */
export function guarded<Args extends readonly unknown[]>(
  log: FastifyBaseLogger,
  listener: (...args: Args) => void,
  entry?: () => number | undefined,
): (...args: Args) => void {
  return (...args) => {
    try {
      listener(...args);
    } catch (err) {
      log.error({ entry: entry?.(), err }, 'a listener of a connection failed');
    }
  };
}

/** Makes a listener that concerns one request: see `guarded`. */
export const guardedFor = <Args extends readonly unknown[]>(
  request: FastifyRequest,
  listener: (...args: Args) => void,
): ((...args: Args) => void) => guarded(request.log, listener, () => entryOf(request));

/** Logs the failure of work that no caller waits for. */
export function survive(request: FastifyRequest, work: Promise<unknown> | undefined): void {
  work?.catch((err: unknown) => {
    request.log.error({ entry: entryOf(request), err }, 'a request failed after its handler ended');
  });
}

/** Requests of the admin API have no entry. */
const entryOf = ({ entry }: { readonly entry?: { readonly id: number } | undefined }): number | undefined => entry?.id;
