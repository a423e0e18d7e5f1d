import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ReadBuffer, serializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import { beginCommand } from '../begin-command.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Test } from 'tap';
import type { Running } from '../begin-command.js';
import type { Surroundings } from '../../src/commands/surroundings.js';

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the command, if it is not built. */
export async function built(): Promise<void> {
  if (existsSync(`${root}dist/panel/panel.js`)) return;
  await once(spawn(process.execPath, ['scripts/bundle.js'], { cwd: root, stdio: 'ignore' }), 'close');
}

/** Variables of the environment in which tests run may not reach the command. */
const environment = { PATH: String(process.env.PATH) };

/** An assistant outside of this process: the client of the official SDK, which starts the built command. */
export async function outsideAssistant(
  t: Test,
  args: readonly string[] = [],
): Promise<{ readonly client: Client; readonly transport: StdioClientTransport; readonly err: () => string }> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [`${root}dist/main.js`, 'mcp', ...args],
    env: environment,
    stderr: 'pipe',
  });
  let err = '';
  transport.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  t.teardown(() => client.close());
  return { client, transport, err: () => err };
}

/** The other end of the streams of a command in this process. */
class StreamTransport implements Transport {
  onmessage?: (message: JSONRPCMessage) => void;
  onclose?: () => void;
  readonly input = new PassThrough();
  readonly output = new PassThrough();

  async start(): Promise<void> {
    const read = new ReadBuffer();
    this.output.on('data', (chunk: Buffer) => {
      read.append(chunk);
      for (let message = read.readMessage(); message !== null; message = read.readMessage()) this.onmessage?.(message);
    });
  }

  async send(message: JSONRPCMessage): Promise<void> {
    this.input.write(serializeMessage(message));
  }

  async close(): Promise<void> {
    this.input.end();
    this.onclose?.();
  }
}

/** An assistant of a command that runs in this process. */
export interface Inside extends Running {
  readonly client: Client;
  readonly transport: StreamTransport;
}

/** Starts the command in this process, with the client of the official SDK at its streams. */
export async function insideAssistant(
  t: Test,
  args: readonly string[] = [],
  more: Partial<Surroundings> = {},
): Promise<Inside> {
  const transport = new StreamTransport();
  const running = beginCommand(['mcp', ...args], { streams: () => transport, ...more });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  t.teardown(async () => {
    await client.close();
    await running.exit;
  });
  return { client, transport, ...running };
}

/** Calls a tool, and returns its text and whether it is an error. */
export async function call(
  client: Client,
  name: string,
  args?: Record<string, unknown>,
): Promise<{ readonly text: string; readonly isError: boolean }> {
  const answer = await client.callTool({ name, ...(args === undefined ? {} : { arguments: args }) });
  const [{ text }] = answer.content as [{ text: string }];
  return { text, isError: answer.isError === true };
}

/** Calls a tool that succeeds, and returns its answer. */
export async function answerOf<T>(client: Client, name: string, args?: Record<string, unknown>): Promise<T> {
  const { text, isError } = await call(client, name, args);
  if (isError) throw new Error(text);
  return JSON.parse(text) as T;
}
