import { setImmediate } from 'node:timers/promises';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { version } from '../package.js';
import { CallsInProgress } from './calls-in-progress.js';
import { handleRequests } from './handle-requests.js';
import { instructions } from './instructions.js';
import { LineTransport } from './line-transport.js';
import type { Readable, Writable } from 'node:stream';
import type { Understudy } from '../client/index.js';

/** What is served, and to whom. */
export interface McpService {
  readonly understudy: Understudy;
  /** Messages of the assistant. Its end is the end of the service. */
  readonly input: Readable;
  /** Messages to the assistant, and nothing else. */
  readonly output: Writable;
  /** Resolves when the program must stop. */
  readonly stopped: Promise<unknown>;
  /** Writes a line for people. */
  readonly err: (line: string) => void;
}

/** Maximum length of a reason that is written for people, in characters. */
const maxReasonCharacters = 200;

/**
 * Serves tools to an assistant by the Model Context Protocol, until the input ends or the program must stop.
 *
 * @returns whether every call has ended; one that has not keeps the process alive
 */
export async function serveMcp({ understudy, input, output, stopped, err }: McpService): Promise<boolean> {
  const calls = new CallsInProgress();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- McpServer takes schemas of Zod only
  const server = new Server(
    { name: 'understudy', title: 'Understudy', version },
    { capabilities: { tools: {}, resources: {} }, instructions: instructions(understudy.url) },
  );
  handleRequests(server, { understudy, calls, err });
  server.onerror = (error) => {
    // the schema of a message has dozens of lines
    const [line = ''] = error.message.split('\n', 1);
    err(`understudy: a message of the assistant cannot be used: ${line.slice(0, maxReasonCharacters)}`);
  };
  const left = new Promise<void>((resolve) => {
    input.once('end', resolve).once('close', resolve);
    server.onclose = resolve;
  });
  await server.connect(new LineTransport(input, output));
  await Promise.race([left, stopped]);
  const haveEnded = await calls.end(stopped);
  // the SDK sends the answer of a call in a microtask after its end
  await setImmediate();
  await server.close();
  return haveEnded;
}
