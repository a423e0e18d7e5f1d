import { ArgumentError } from '../client/index.js';
import { didYouMean } from '../input/did-you-mean.js';
import { check } from '../world/check-document.js';
import { fittedText } from './fitted-text.js';
import { ParameterError } from './parameter-error.js';
import { tools } from './tools/index.js';
import { inWordsOfTools } from './words-of-tools.js';
import type { Tool, ToolContext } from './tool.js';

/** The answer of a tool, as the protocol has it. */
interface ToolAnswer {
  // the protocol's type is no readonly one
  [member: string]: unknown;
  content: { type: 'text'; text: string }[];
  isError?: boolean;
}

const byName: ReadonlyMap<string, Tool> = new Map(tools.map((tool) => [tool.name, tool]));

/** Errors that JavaScript throws for a mistake in a program. The others are written for the reader of an answer. */
const mistakesOfProgram = [TypeError, RangeError, ReferenceError];

/** The library refuses arguments by a TypeError too, such as a scope that the page does not ask for. */
const isMistakeOfProgram = (error: unknown): boolean =>
  !(error instanceof ArgumentError) && mistakesOfProgram.some((each) => error instanceof each);

/**
 * Calls a tool. Whatever goes wrong is an answer, which the model reads to correct itself: each mistake in the
 * arguments, a refusal of the admin API, a page that refused.
 *
 * @param err writes a line for people: the stack of a mistake of ours, which no model can correct
 * @throws ParameterError if there is no tool of that name: a mistake of the program that calls, not of its model
 */
export async function callTool(
  name: string,
  args: unknown,
  context: ToolContext,
  err: (line: string) => void,
): Promise<ToolAnswer> {
  const tool = byName.get(name);
  if (tool === undefined) {
    const hint = didYouMean(name, [...byName.keys()]);
    throw new ParameterError(`there is no tool ${JSON.stringify(name)}${hint}`);
  }
  const mistakes = check(tool.input, args);
  if (mistakes.length > 0) {
    const lines = mistakes.map(({ path, message }) => `${path || 'the call'} ${message}`);
    return failure(`${name} was not called: ${lines.join('\n  ')}`);
  }
  try {
    return { content: [{ type: 'text', text: fittedText(await tool.run(args as never, context)) }] };
  } catch (error) {
    const { message, stack } = error as Error;
    if (!isMistakeOfProgram(error)) return failure(message);
    err(`understudy: ${name} failed, by a mistake of Understudy: ${String(stack)}`);
    return failure(`${name} failed, by a mistake of Understudy: ${message}. Its standard error has the stack`);
  }
}

const failure = (message: string): ToolAnswer => ({
  content: [{ type: 'text', text: inWordsOfTools(message) }],
  isError: true,
});
