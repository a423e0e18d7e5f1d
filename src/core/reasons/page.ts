import { row } from './row.js';
import type { Nothing } from './row.js';

/** Reasons of the login and consent pages. */
export const pageReasons = {
  'page.unknown': row(
    400,
    'invalid_request',
    'This page is no longer valid.',
    (_: Nothing) => 'no authorization waits under this id: it was answered, it expired, or it was never asked for',
  ),
  'page.other-browser': row(
    403,
    'invalid_request',
    'This page was opened in another browser.',
    (_: Nothing) => 'the cookie of the browser that began this authorization did not come back with the form',
  ),
  'page.forged': row(
    403,
    'invalid_request',
    'This form is not the one that was shown.',
    (_: Nothing) => 'the anti-forgery value of the form is missing or wrong',
  ),
} as const;
