import type { Effect, Tool } from './tool.js';

/** The hints of the protocol for each effect. They let an assistant ask a person before it loses something. */
const hints = {
  reads: { readOnlyHint: true, destructiveHint: false, openWorldHint: false },
  changes: { readOnlyHint: false, destructiveHint: false, openWorldHint: false },
  removes: { readOnlyHint: false, destructiveHint: true, openWorldHint: false },
  visits: { readOnlyHint: false, destructiveHint: false, openWorldHint: true },
  examines: { readOnlyHint: false, destructiveHint: true, openWorldHint: true },
} as const satisfies Record<Effect, object>;

/** A tool as the protocol lists it. */
interface PublishedTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: { readonly [member: string]: unknown; readonly type: 'object' };
  readonly annotations: (typeof hints)[Effect];
}

/** Describes a tool to an assistant. Its schema is plain JSON Schema: other validators refuse keywords of our own. */
export function publishedTool({ name, title, description, effect, input }: Tool): PublishedTool {
  const inputSchema = JSON.parse(JSON.stringify(input, plain)) as PublishedTool['inputSchema'];
  return { name, title, description, inputSchema, annotations: hints[effect] };
}

/** Removes the keywords of our own validator. The descriptions say what they check. */
function plain(name: string, value: unknown): unknown {
  return name === 'discriminator' || (name === 'format' && typeof value === 'string') ? undefined : value;
}
