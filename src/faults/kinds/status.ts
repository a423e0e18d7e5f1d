import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { defineKind, mistakeIn } from '../fault.js';
import { after, delay, replacing } from '../replacement.js';
import { bodyText, bodyMistake, headersMistake, lowerCased, HeadersSchema } from '../../input/answer.js';

/** The content type: JSON for a body that is not text, HTML for text that begins with `<`, otherwise plain text. */
function typeOf(body: unknown): Record<string, string> {
  if (body === undefined) return {};
  if (typeof body !== 'string') return { 'content-type': 'application/json; charset=utf-8' };
  return {
    'content-type': body.trimStart().startsWith('<') ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
  };
}

export const status = defineKind({
  name: 'status',
  sees: 'any status, headers and body, as from a proxy in front of the provider: an HTML page, an empty 200',
  happens: 'after',
  inventsContent: true,
  parameters: {
    status: Type.Integer({ minimum: 200, maximum: 599, description: 'Status of the answer' }),
    headers: Type.Optional(described('Headers of the answer', HeadersSchema)),
    body: Type.Optional(Type.Unknown({ description: 'Text as it is; anything else as JSON; left out: an empty body' })),
    after,
    delay,
  },
  example: { kind: 'status', status: 502, body: '<html><body><h1>502 Bad Gateway</h1></body></html>' },
  mistake: ({ status: code, headers, body }) =>
    mistakeIn('body', bodyMistake(code, body)) ?? mistakeIn('headers', headersMistake(headers)),
  play: (fault) =>
    replacing(fault, () => {
      const { status: code, headers = {}, body } = fault;
      return {
        do: 'send',
        answer: { status: code, headers: { ...typeOf(body), ...lowerCased(headers) }, body: bodyText(body) },
      };
    }),
});
