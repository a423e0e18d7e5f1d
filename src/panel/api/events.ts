import { send } from './call.js';
import { eventParser } from './event-parser.js';
import type { StreamEvent } from './event-parser.js';

/**
 * Reads server-sent events until the stream ends. EventSource cannot be used: it sends no admin token.
 *
 * @param onOpen is called when the server follows
 * @throws ApiError if the server refuses
 */
export async function readEvents(
  url: string,
  signal: AbortSignal,
  { onOpen, onEvent }: { onOpen: () => void; onEvent: (event: StreamEvent) => void },
): Promise<void> {
  const { body } = await send(url, { signal, headers: { accept: 'text/event-stream' } });
  if (body === null) return;
  let isOpen = false;
  const open = (): void => {
    if (!isOpen) onOpen();
    isOpen = true;
  };
  // the server says by a comment that it follows
  const feed = eventParser({ onComment: open, onEvent });
  for await (const text of body.pipeThrough(new TextDecoderStream())) feed(text);
}
