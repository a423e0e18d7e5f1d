import { curlSnippet } from './curl.js';
import { envSnippet } from './env.js';
import { goSnippet } from './go.js';
import { nodeSnippet } from './node.js';
import { phpSnippet } from './php.js';
import { pythonSnippet } from './python.js';
import { rubySnippet } from './ruby.js';
import type { ClientSetup } from './client-setup.js';

/** A way to write down the settings of a client. */
export interface Snippet {
  /** Its name in the URL. */
  readonly name: string;
  readonly title: string;
  readonly write: (setup: ClientSetup) => string;
}

/** All snippets: settings, and clients that log in, call the API and refresh. */
export const snippets: readonly Snippet[] = [
  { name: 'env', title: '.env', write: envSnippet },
  { name: 'node', title: 'Node', write: nodeSnippet },
  { name: 'python', title: 'Python', write: pythonSnippet },
  { name: 'php', title: 'PHP', write: phpSnippet },
  { name: 'ruby', title: 'Ruby', write: rubySnippet },
  { name: 'go', title: 'Go', write: goSnippet },
  { name: 'curl', title: 'curl', write: curlSnippet },
];
