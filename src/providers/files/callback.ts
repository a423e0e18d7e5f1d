import { readTemplate } from './body.js';
import { contextOf } from './template.js';
import type { Reader } from './body.js';
import type { Variables } from './template.js';

/** Reads the parameters of a redirect back to the client. One without a value is left out; the order is kept. */
export function readTemplates(
  templates: Readonly<Record<string, string>>,
  path: string,
  reader: Reader,
): (variables: Variables) => Record<string, string> {
  const parts = Object.entries(templates).map(
    ([name, text]) => [name, readTemplate(text, `${path}.${name}`, reader)] as const,
  );
  return (variables) => {
    const context = contextOf(variables);
    const parameters: Record<string, string> = {};
    for (const [name, part] of parts) {
      const value = part(context);
      if (value !== undefined && value !== null && typeof value !== 'symbol') parameters[name] = textOf(value);
    }
    return parameters;
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
