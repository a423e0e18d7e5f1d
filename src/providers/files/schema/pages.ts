import { Type } from 'typebox';
import { described } from '../../../input/described.js';
import { words } from '../../../input/words.js';
import type { Static } from 'typebox';

const closed = { additionalProperties: false } as const;
const text = (description: string) => Type.Optional(Type.String({ minLength: 1, maxLength: 200, description }));
const field = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 100 }), value: Type.String({ maxLength: 200 }) },
  { ...closed, description: 'A form field: its name and its value' },
);

/** The words and the form fields of its pages. */
export const PagesSchema = Type.Object(
  {
    colour: Type.Optional(described('The colour of the pages', words('blue', 'teal', 'violet', 'slate'))),
    loginHeading: text('Heading of the login page'),
    usernameLabel: text('Label of the field for the username'),
    passwordLabel: text('Label of the field for the password'),
    loginButton: text('The words of the button that logs in'),
    consentHeading: text('Heading of the consent page. {client} is the name of the client'),
    allowButton: text('The words of the button that allows'),
    denyButton: text('The words of the button that denies'),
    refusedHeading: text('Heading of the page that refuses a request'),
    formPostTitle: text('Title of the page that posts an answer (response_mode=form_post)'),
    username: text('Name of the field for the username'),
    password: text('Name of the field for the password'),
    antiForgery: text('Name of the hidden field against forged forms'),
    allow: Type.Optional(described('What the button Allow sends', field)),
    deny: Type.Optional(described('What the button Deny sends', field)),
    hidden: Type.Optional(Type.Array(field, { maxItems: 20, description: 'Hidden fields of the consent form' })),
    allowedBy: Type.Optional(described('The field that allows, if it is not that of the button', field)),
    scopeField: text('Name of the field of each scope, with {scope} in it, if people decide on each'),
    undecided: Type.Optional(
      described('What becomes of a form that neither allows nor denies', words('denied', 'asked-again')),
    ),
  },
  { ...closed, description: 'Its login and consent pages' },
);

export type PagesDocument = Static<typeof PagesSchema>;
