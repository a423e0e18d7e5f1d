import {
  CallToolRequestSchema,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { callTool } from './call-tool.js';
import { ParameterError } from './parameter-error.js';
import { publishedTool } from './published-tool.js';
import { readResource, resources } from './resources.js';
import { tools } from './tools/index.js';
import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import type { Understudy } from '../client/index.js';
import type { CallsInProgress } from './calls-in-progress.js';
import type { Progress } from './tool.js';

/** What requests of an assistant are answered with. */
interface Answering {
  readonly understudy: Understudy;
  readonly calls: CallsInProgress;
  /** Writes a line for people. */
  readonly err: (line: string) => void;
}

/** Registers what answers the requests of an assistant: tools and resources. */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- see serve-mcp.ts
export function handleRequests(server: Server, { understudy, calls, err }: Answering): void {
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(publishedTool) }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }, { signal: request, _meta, sendNotification }) => {
    const onProgress = async ({ done, total, message }: Progress): Promise<void> => {
      if (_meta?.progressToken === undefined) return;
      const progress = { progressToken: _meta.progressToken, progress: done, total, message };
      await sendNotification({ method: 'notifications/progress', params: progress });
    };
    return calls.run(request, (signal) =>
      callTool(params.name, params.arguments ?? {}, { understudy, signal, onProgress }, err),
    );
  });
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: resources() }));
  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) => {
    const found = readResource(uri);
    if (found === undefined) throw new ParameterError(`there is no resource ${JSON.stringify(uri)}`);
    return { contents: [found] };
  });
}
