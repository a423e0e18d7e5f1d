import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { words } from '../../input/words.js';

/** Policy fields about the parameter scope (RFC 6749 §3.3). */
export const scopeFields = {
  scopeParameter: described('whether the parameter scope is used', words('checked', 'ignored')),
  scopeWhenOmitted: described('what is granted if scope is omitted', words('all-of-the-client', 'refused')),
  scopeSyntax: described(
    'how scope is split: at single spaces, with the characters of RFC 6749 §3.3; at any run of white space; at ' +
      'each white space and each plus sign, so that two in a row enclose an empty scope; at commas, with or without ' +
      'white space around them; or at commas and white space alike',
    words('rfc6749', 'white-space', 'each-white-space-or-plus', 'comma', 'comma-or-space'),
  ),
  scopeCheckedAtToken: described(
    'whether the token endpoint checks scope only in grants that use it, or for every grant and before grant_type',
    words('where-used', 'every-grant'),
  ),
  scopesAtRefresh: described('whether a refresh without scope reads the parameter scopes', Type.Boolean()),
} as const;
