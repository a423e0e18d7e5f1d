/** An event of a stream. */
export interface StreamEvent {
  readonly name: string;
  readonly data: string;
}

/** What is called for the parts of a stream. */
export interface EventHandlers {
  /** Called for a comment. */
  readonly onComment: () => void;
  readonly onEvent: (event: StreamEvent) => void;
}

/**
 * Parses server-sent events (HTML §9.2.6) from pieces of text. It reads what the stream of the journal has: lines that
 * end with LF, names, data and comments.
 */
export function eventParser({ onComment, onEvent }: EventHandlers): (text: string) => void {
  let rest = '';
  return (text) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() as string;
    for (const block of blocks) {
      const lines = block.split('\n');
      const valuesOf = (field: string): string[] =>
        lines.flatMap((line) => (line.startsWith(`${field}:`) ? [line.slice(field.length + 1).replace(/^ /, '')] : []));
      const data = valuesOf('data');
      if (valuesOf('').length > 0) onComment();
      if (data.length > 0) onEvent({ name: valuesOf('event').at(-1) ?? 'message', data: data.join('\n') });
    }
  };
}
