import { fillForm } from '../client/page-form.js';
import { UsageError } from '../config/option.js';
import { asksForPassword } from './asks-for-password.js';
import { CannotExamine } from './cannot-examine.js';
import type { FilledForm } from '../client/page-form.js';
import type { Page } from '../client/browser.js';
import type { ClientUnderExam } from './client-under-exam.js';

/** What stands for the person in the value of a field. */
const placeholder = '{person}';

/** How a browser logs in at the application itself, before its first flow. */
export interface LoginForm {
  readonly url: string;
  /** Names and values of the fields. `{person}` in a value becomes `ada` or `grace`. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/**
 * Reads fields that are written as NAME=VALUE.
 *
 * @throws UsageError
 */
export function readLoginFields(texts: readonly string[]): LoginForm['fields'] {
  return texts.map((text) => {
    const at = text.indexOf('=');
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)] as const;
    throw new UsageError(`--login-field is ${JSON.stringify(text)}; expected NAME=VALUE, such as user={person}`);
  });
}

/**
 * Logs browsers in at an application that has people of its own. The page is asked for first: its form keeps its hidden
 * fields, such as a token against forgery. Of several forms, it is the one that has the fields. Without a form, the
 * fields are sent to the URL of the page.
 *
 * @throws CannotExamine in the returned function, if the login ends with a status of an error
 */
export function applicationLogin({ url, fields }: LoginForm): NonNullable<ClientUnderExam['login']> {
  return async (browser, person) => {
    const { page, failure } = await browser.visit(url, { stopsAtProvider: true });
    if (page === undefined || page.status >= 400) {
      const ending = page === undefined ? 'leads to the provider, not to a form' : `has status ${page.status}`;
      throw new CannotExamine(`the login page ${url} ${failure ?? ending}`);
    }
    const { action, fields: form } = formOf(page, fields);
    const missing = fields.map(([name]) => name).filter((name) => !form.has(name));
    const hint = missing.length === 0 ? '' : `; its form has no field ${missing.join(' or ')}`;
    for (const [name, value] of fields) form.set(name, value.replaceAll(placeholder, person));
    const target = new URL(action, page.url).href;
    const sent = await browser.visit(target, { method: 'POST', fields: form, stopsAtProvider: true });
    const status = sent.page?.status ?? 0;
    if (sent.failure === undefined && status < 400) {
      if (!isSameLogin(page, sent.page)) return;
      throw new CannotExamine(`the login of ${person} at ${target} led to the login page again${hint}`);
    }
    throw new CannotExamine(`the login of ${person} at ${target} failed: ${sent.failure ?? `status ${status}`}${hint}`);
  };
}

/** What is entered before the fields of the login: nothing. */
const nobody = { username: '', password: '', decision: 'allow', scopes: undefined } as const;

/** The form to send: the first one that has one of the fields, or else the first one. */
function formOf({ url, body }: Page, fields: LoginForm['fields']): FilledForm {
  const forms = [...body.matchAll(/<form\b[^]*?(?:<\/form>|$)/gi)].map(([form]) => fillForm(form, nobody));
  return (
    forms.find((form) => fields.some(([name]) => form.fields.has(name))) ??
    forms[0] ?? { action: url, fields: new URLSearchParams() }
  );
}

/** Whether a login ended at a page that asks for a password again, at the same URL. */
const isSameLogin = (before: Page, after: Page | undefined): boolean =>
  after !== undefined &&
  new URL(after.url).pathname === new URL(before.url).pathname &&
  asksForPassword(before) &&
  asksForPassword(after);
