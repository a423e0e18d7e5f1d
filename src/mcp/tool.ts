import { Type } from 'typebox';
import { described } from '../input/described.js';
import { ScenarioSchema } from '../world/scenario/schema/scenario.js';
import { worldIdPattern } from '../world/worlds.js';
import type { Static, TObject } from 'typebox';
import type { Scenario, Understudy, World } from '../client/index.js';

/** How far a tool is that takes long. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** What is done now, for the person who waits. */
  readonly message: string;
}

/** What a tool can use beside its arguments. */
export interface ToolContext {
  readonly understudy: Understudy;
  /** Aborts when the assistant cancels the call, or leaves. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => Promise<void>;
}

/**
 * What a tool does, as an assistant has to know it before it asks a person: `removes` loses state of a world, `visits`
 * sends requests to URLs of the application, `examines` does both.
 */
export type Effect = 'reads' | 'changes' | 'removes' | 'visits' | 'examines';

/** One tool of the assistant. */
export interface Tool {
  /** In snake_case, as most servers write it. */
  readonly name: string;
  readonly title: string;
  /** What it does, when to use it, and what its answer tells. */
  readonly description: string;
  readonly effect: Effect;
  readonly input: TObject;
  readonly run: (args: never, context: ToolContext) => Promise<unknown>;
}

interface TypedTool<S extends TObject> extends Tool {
  readonly input: S;
  readonly run: (args: Static<S>, context: ToolContext) => Promise<unknown>;
}

/** Defines a tool. The types of its arguments follow from the schema. */
export function defineTool<S extends TObject>(tool: TypedTool<S>): Tool {
  return tool;
}

/** The argument of tools that are about one world. */
export const inWorld = {
  world: Type.Optional(Type.String({ pattern: worldIdPattern, description: 'Id of the world. Default: default' })),
};

/** The arguments of tools that are about one provider in a world. */
export const atProvider = {
  ...inWorld,
  provider: Type.String({
    minLength: 1,
    maxLength: 100,
    description: 'Name of the provider, see list_worlds',
  }),
};

const { description: _, extends: parent, ...members } = ScenarioSchema.properties;

/**
 * A scenario, by name or inline. The schema of an inline scenario is left to the admin API, which names every mistake:
 * it would be larger than the descriptions of all tools together.
 */
export const scenarioArgument = Type.Union(
  [
    Type.String({ minLength: 1, maxLength: 200, description: 'Name of a scenario, see list_scenarios' }),
    Type.Unsafe<Scenario>({
      type: 'object',
      properties: { extends: described('Name of the scenario that this one changes, such as default', parent) },
      description:
        `An inline scenario: { extends, ${Object.keys(members).slice(1).join(', ')} }, such as {"extends":"default",` +
        '"providers":{"mailup":{"policy":{"accessToken":"1m"}}}}. ' +
        'The resource understudy://schema/scenario.schema.json describes all members',
    }),
  ],
  { description: 'The name of a scenario, or an inline scenario' },
);

/** An object with these members and no others, as the arguments of a tool. */
export const argumentsOf = <const P extends Parameters<typeof Type.Object>[0]>(members: P) =>
  Type.Object(members, { additionalProperties: false });

/** The world that the arguments name. */
export const worldOf = ({ understudy }: ToolContext, { world }: { readonly world?: string }): World =>
  understudy.world(world);
