import type { TellMistake } from './body.js';
import type { ProviderDocument } from './schema/document.js';

/** Characters that a terminal takes for a command, or that end a line. */
const inLine = /[\p{Cc}\u2028\u2029]/u;
/** The same, without a tab and the line ends that a text of several lines in YAML has. */
const inLines = /(?![\t\n\r])\p{Cc}/u;

/**
 * Tells texts for people that have control characters: the terminal, the pages and the panel show them as they are.
 * What is sent to clients, such as the text of an error, may have any character.
 */
export function tellControlCharacters(document: ProviderDocument, tell: TellMistake): void {
  const { title, origin, pages, scopes, facts, variables, users = [] } = document;
  const people = users.map(({ id, username, name }) => ({ id, username, name }));
  tellIn({ title, origin, pages, users: people }, '', inLine, tell);
  tellIn({ scopes, facts, variables }, '', inLines, tell);
}

function tellIn(value: unknown, path: string, characters: RegExp, tell: TellMistake): void {
  if (typeof value === 'string') {
    const code = characters.exec(value)?.[0].charCodeAt(0);
    if (code !== undefined) tell(path, messageOf(code));
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      tellIn(member, path === '' ? name : `${path}.${name}`, characters, tell);
    }
  }
}

const messageOf = (code: number): string =>
  `has the control character U+${code.toString(16).toUpperCase().padStart(4, '0')}; expected a text that can be shown`;
