import type { Pending } from '../core/authorization.js';
import type { Realm } from '../core/realm.js';

/** Words of the login and consent pages. Absent: those of the templates in `views/`. */
export interface PageWords {
  readonly loginHeading?: string;
  readonly usernameLabel?: string;
  readonly passwordLabel?: string;
  readonly loginButton?: string;
  /** With `{client}` for the name of the client. */
  readonly consentHeading?: string;
  readonly allowButton?: string;
  readonly denyButton?: string;
}

/** Names of the fields and buttons on the consent page. */
export interface ConsentForm {
  readonly antiForgery: string;
  readonly allow: { readonly name: string; readonly value: string };
  /** Whether the posted form allows the request. */
  readonly allows: (form: Readonly<Record<string, unknown>>) => boolean;
  readonly deny: { readonly name: string; readonly value: string };
  /** Whether the posted form denies the request. Asked before `allows`. */
  readonly denies: (form: Readonly<Record<string, unknown>>) => boolean;
  /** The button Deny, if it is not the field `deny` itself: that one is hidden then, and `hidden` is repeated. */
  readonly denyButton?: { readonly name: string; readonly value: string };
  /** What happens to a form that neither allows nor denies. */
  readonly undecided: 'denied' | 'asked-again';
  /** Hidden fields of the provider's own form. Their values are ignored when the form is posted. */
  readonly hidden: (pending: Pending, realm: Realm) => readonly { readonly name: string; readonly value: string }[];
  /** The field name of a single scope, if the user decides on each scope. */
  readonly scopeField?: (scope: string) => string;
}
