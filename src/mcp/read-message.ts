import { ErrorCode, JSONRPCMessageSchema, RequestIdSchema } from '@modelcontextprotocol/sdk/types.js';
import { Type } from 'typebox';
import { deepest, isTooDeep } from '../input/nesting.js';
import { check } from '../world/check-document.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { TSchema } from 'typebox';

/** Why a line is no message that can be used, as an error of JSON-RPC 2.0 (§5.1). */
export interface MessageRefusal {
  readonly code: ErrorCode;
  /** The request that is refused. Null: the line does not tell it. */
  readonly id: RequestId | null;
  readonly message: string;
}

/** A line as it was understood. */
export type ReadMessage = { readonly message: JSONRPCMessage } | { readonly refusal: MessageRefusal };

const IdSchema = Type.Union([Type.String(), Type.Integer()], { description: 'a text or a whole number' });

/** A notification is a request without an id. */
const RequestSchema = Type.Object(
  {
    jsonrpc: Type.Literal('2.0'),
    id: Type.Optional(IdSchema),
    method: Type.String(),
    params: Type.Optional(
      Type.Object({ _meta: Type.Optional(Type.Object({ progressToken: Type.Optional(IdSchema) })) }),
    ),
  },
  { additionalProperties: false },
);

const paged = Type.Object({ params: Type.Optional(Type.Object({ cursor: Type.Optional(Type.String()) })) });

/** Requests with parameters. The SDK would answer mistakes in them with the text of its own schemas. */
const requests: ReadonlyMap<string, TSchema> = new Map<string, TSchema>([
  [
    'initialize',
    Type.Object({
      params: Type.Object({
        protocolVersion: Type.String(),
        capabilities: Type.Object({}),
        clientInfo: Type.Object({ name: Type.String(), version: Type.String() }),
      }),
    }),
  ],
  ['tools/list', paged],
  [
    'tools/call',
    Type.Object({ params: Type.Object({ name: Type.String(), arguments: Type.Optional(Type.Object({})) }) }),
  ],
  ['resources/list', paged],
  ['resources/read', Type.Object({ params: Type.Object({ uri: Type.String() }) })],
]);

/** Reads a line of the assistant: one message, as the SDK takes it. */
export function readMessage(line: string): ReadMessage {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return refused(ErrorCode.ParseError, undefined, `the line is not JSON: ${(error as Error).message}`);
  }
  if (isTooDeep(value)) {
    return refused(ErrorCode.InvalidRequest, value, `the message is nested deeper than ${deepest} levels`);
  }
  const { success, data } = JSONRPCMessageSchema.safeParse(value);
  if (!success) {
    const mistakes = mistakesOf(RequestSchema, value) || 'its members are not those of the protocol';
    return refused(ErrorCode.InvalidRequest, value, `the line is no request of JSON-RPC 2.0: ${mistakes}`);
  }
  const schema = 'method' in data ? requests.get(data.method) : undefined;
  const mistakes = schema === undefined ? '' : mistakesOf(schema, data);
  if (mistakes !== '') return refused(ErrorCode.InvalidParams, data, `the request cannot be answered: ${mistakes}`);
  return { message: data };
}

const mistakesOf = (schema: TSchema, value: unknown): string =>
  check(schema, value)
    .map(({ path, message }) => `${path} ${message}`.trim())
    .join('; ');

function refused(code: ErrorCode, value: unknown, message: string): ReadMessage {
  const { success, data } = RequestIdSchema.safeParse((value as { readonly id?: unknown } | null | undefined)?.id);
  return { refusal: { code, id: success ? data : null, message } };
}
