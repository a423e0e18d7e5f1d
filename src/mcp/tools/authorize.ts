import { Type } from 'typebox';
import { words } from '../../input/words.js';
import { described } from '../../input/described.js';
import { argumentsOf, defineTool, inWorld } from '../tool.js';
import type { Page } from '../../client/index.js';

/** Maximum length of a page that is shown, in characters. */
const maxPageCharacters = 2000;

const name = Type.String({ minLength: 1, maxLength: 200 });

/** The tool that plays the person. */
export const authorizeTools = [
  defineTool({
    name: 'authorize',
    title: 'Authorize as a person',
    description:
      'Plays the person in a browser with cookies: from the URL of the application that begins a flow, through login ' +
      'and consent of the provider, to the callback of the application. The answer has the last page of the ' +
      'application. From an authorization URL instead, it ends with the redirect back, which is not requested, and ' +
      'the answer has its code. If the provider refuses, the error has the reason.',
    effect: 'visits',
    input: argumentsOf({
      ...inWorld,
      url: Type.String({
        pattern: '^https?://',
        format: 'url',
        maxLength: 8000,
        description: 'URL of the application that redirects to the provider, or an authorization URL',
      }),
      username: Type.Optional(described('Who logs in. Default: ada@example.test', name)),
      password: Type.Optional(described('Default: understudy', name)),
      decision: Type.Optional(described('What the person answers. Default: allow', words('allow', 'deny'))),
      scopes: Type.Optional(
        Type.Array(name, {
          maxItems: 100,
          description: 'The scopes to allow, if the page asks for each. Default: all',
        }),
      ),
    }),
    async run({ world, url, ...options }, { understudy, signal }) {
      const { page, ...rest } = await understudy.world(world).authorize(url, { ...options, signal });
      return { ...rest, ...(page === undefined ? {} : { page: pageShown(page) }) };
    },
  }),
];

const pageShown = ({ url, status, body }: Page): object => ({ url, status, body: body.slice(0, maxPageCharacters) });
