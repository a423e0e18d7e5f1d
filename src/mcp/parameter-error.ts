import { ErrorCode } from '@modelcontextprotocol/sdk/types.js';

/**
 * Parameters of a request name something that does not exist. The SDK answers with this code and message. Its own
 * `McpError` would begin the message with the code, and its client does that too.
 */
export class ParameterError extends Error {
  readonly code = ErrorCode.InvalidParams;
}
