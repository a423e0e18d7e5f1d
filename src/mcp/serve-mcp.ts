import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import {
  CallToolRequestSchema,
  ErrorCode,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { version } from '../package.js';
import { callTool } from './call-tool.js';
import { instructions } from './instructions.js';
import { publishedTool } from './published-tool.js';
import { readResource, resources } from './resources.js';
import { tools } from './tools/index.js';
import type { Readable, Writable } from 'node:stream';
import type { Understudy } from '../client/index.js';
import type { Progress } from './tool.js';

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

/** Time that calls in progress have to end after the assistant left, in milliseconds. */
const lastCallsMs = 3000;

const longestLine = 200;

/**
 * Serves tools to an assistant by the Model Context Protocol, until the input ends or the program must stop.
 *
 * @returns whether every call has ended; one that has not keeps the process alive
 */
export async function serveMcp({ understudy, input, output, stopped, err }: McpService): Promise<boolean> {
  const calls = new Set<Promise<unknown>>();
  const leaving = new AbortController();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- McpServer takes schemas of Zod only
  const server = new Server(
    { name: 'understudy', title: 'Understudy', version },
    { capabilities: { tools: {}, resources: {} }, instructions: instructions(understudy.url) },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(publishedTool) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const progressToken = extra._meta?.progressToken;
    const onProgress = async ({ done, total, message }: Progress): Promise<void> => {
      if (progressToken === undefined) return;
      const progress = { progressToken, progress: done, total, message };
      await extra.sendNotification({ method: 'notifications/progress', params: progress });
    };
    const signal = AbortSignal.any([extra.signal, leaving.signal]);
    const call = callTool(params.name, params.arguments ?? {}, { understudy, signal, onProgress });
    calls.add(call);
    try {
      return await call;
    } finally {
      calls.delete(call);
    }
  });
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: resources() }));
  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) => {
    const found = readResource(uri);
    if (found === undefined) throw new McpError(ErrorCode.InvalidParams, `there is no resource ${JSON.stringify(uri)}`);
    return { contents: [found] };
  });
  server.onerror = (error) => {
    // the schema of a message has dozens of lines
    const [line = ''] = error.message.split('\n', 1);
    err(`understudy: a message of the assistant cannot be used: ${line.slice(0, longestLine)}`);
  };
  const left = new Promise<void>((resolve) => {
    input.once('end', resolve).once('close', resolve);
    server.onclose = resolve;
  });
  await server.connect(new StdioServerTransport(input, output));
  await Promise.race([left, stopped]);
  leaving.abort();
  // answers to what was asked before the end: a script can write all its calls at once
  await setImmediate();
  await Promise.race([Promise.allSettled(calls), sleep(lastCallsMs, undefined, { ref: false })]);
  const haveEnded = calls.size === 0;
  await setImmediate();
  await server.close();
  return haveEnded;
}
