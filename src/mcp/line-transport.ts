import { once } from 'node:events';
import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';
import { readMessage } from './read-message.js';
import type { Readable, Writable } from 'node:stream';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { MessageRefusal } from './read-message.js';

/** Maximum length of a line, in bytes. */
const maxLineBytes = 10 * 1024 * 1024;

const newline = 0x0a;

/**
 * Messages as lines of JSON, on two streams. Unlike the transport of the SDK, it answers a line that is no message: an
 * assistant that sent one would wait for ever. A line that is too long closes it.
 */
export class LineTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #input: Readable;
  readonly #output: Writable;
  /** The begin of a line whose end has not come yet. */
  #begun = Buffer.alloc(0);

  constructor(input: Readable, output: Writable) {
    this.#input = input;
    this.#output = output;
  }

  async start(): Promise<void> {
    this.#input.on('data', this.#onData).on('end', this.#onEnd).on('error', this.#onError);
  }

  async send(message: JSONRPCMessage): Promise<void> {
    await this.#write(message);
  }

  async close(): Promise<void> {
    this.#input.off('data', this.#onData).off('end', this.#onEnd).off('error', this.#onError).pause();
    this.onclose?.();
  }

  readonly #onData = (chunk: Buffer): void => {
    let rest = Buffer.concat([this.#begun, chunk]);
    for (let end = rest.indexOf(newline); end !== -1; end = rest.indexOf(newline)) {
      this.#read(rest.toString('utf8', 0, end));
      rest = rest.subarray(end + 1);
    }
    this.#begun = rest;
    if (rest.length <= maxLineBytes) return;
    const message = `a line is longer than ${maxLineBytes} bytes; no more is read`;
    this.#refuse({ code: ErrorCode.InvalidRequest, id: null, message });
    void this.close();
  };

  /** The last line of a file can have no end. */
  readonly #onEnd = (): void => {
    this.#read(this.#begun.toString('utf8'));
  };

  readonly #onError = (error: Error): void => {
    this.onerror?.(error);
  };

  #read(line: string): void {
    if (line.trim() === '') return;
    const read = readMessage(line);
    if ('refusal' in read) this.#refuse(read.refusal);
    else this.onmessage?.(read.message);
  }

  #refuse({ id, code, message }: MessageRefusal): void {
    this.#onError(new Error(message));
    this.#write({ jsonrpc: '2.0', id, error: { code, message } }).catch(this.#onError);
  }

  async #write(message: object): Promise<void> {
    if (!this.#output.write(`${JSON.stringify(message)}\n`)) await once(this.#output, 'drain');
  }
}
