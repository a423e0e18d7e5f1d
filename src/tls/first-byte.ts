import type { Socket } from 'node:net';

/**
 * Reads the first byte that a client sends, and puts it back. A client that sends nothing is disconnected.
 *
 * @param waitMs the longest time until the byte arrives, in milliseconds
 */
export function firstByte(socket: Socket, waitMs: number, then: (byte: number) => void): void {
  const leave = (): void => {
    socket.destroy();
  };
  const timer = setTimeout(leave, waitMs);
  const read = (): void => {
    const chunk = socket.read() as Buffer | null;
    // null: the client ended its side
    if (chunk === null) return;
    stop();
    socket.unshift(chunk);
    then(chunk[0] as number);
  };
  const stop = (): void => {
    clearTimeout(timer);
    socket.off('readable', read).off('end', leave).off('error', leave).off('close', stop);
  };
  socket.on('readable', read).on('end', leave).on('error', leave).on('close', stop);
}
