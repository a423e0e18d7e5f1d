import { row } from './row.js';
import type { Nothing } from './row.js';

/** Reasons of the login and consent pages. */
export const pageReasons = {
  'page.unknown': row(
    400,
    'invalid_request',
    'This page is no longer valid.',
    (_: Nothing) =>
      'no pending authorization has this id: ' +
      'it was answered, it expired, it ended with a restart, a reset or a change of the provider, or it never existed',
  ),
  'page.other-browser': row(
    403,
    'invalid_request',
    'This page was opened in another browser.',
    (_: Nothing) => 'the request does not have the session cookie of the browser that started this authorization',
  ),
  'page.forged': row(
    403,
    'invalid_request',
    'This form is not the one that was shown.',
    (_: Nothing) => 'the anti-forgery value of the form is missing or wrong',
  ),
} as const;
