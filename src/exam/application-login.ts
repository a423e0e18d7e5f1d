import { fillForm } from '../client/page-form.js';
import { UsageError } from '../config/option.js';
import { CannotExamine } from './cannot-examine.js';
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
 * fields, such as a token against forgery. Without a form, the fields are sent to the URL of the page.
 *
 * @throws CannotExamine in the returned function, if the login ends with a status of an error
 */
export function applicationLogin({ url, fields }: LoginForm): NonNullable<ClientUnderExam['login']> {
  return async (browser, person) => {
    const { page, failure } = await browser.visit(url, { stopsAtProvider: true });
    if (page === undefined || page.status >= 400) {
      throw new CannotExamine(`the login page ${url} ${failure ?? `has status ${String(page?.status)}`}`);
    }
    const { action, fields: form } = page.body.includes('<form')
      ? fillForm(page.body, {})
      : { action: page.url, fields: new URLSearchParams() };
    for (const [name, value] of fields) form.set(name, value.replaceAll(placeholder, person));
    const target = new URL(action, page.url).href;
    const sent = await browser.visit(target, { method: 'POST', fields: form, stopsAtProvider: true });
    const status = sent.page?.status ?? 0;
    if (sent.failure === undefined && status < 400) return;
    throw new CannotExamine(`the login of ${person} at ${target} failed: ${sent.failure ?? `status ${status}`}`);
  };
}
