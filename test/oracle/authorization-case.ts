import { authorization } from './requests.js';
import { said } from './page.js';
import type { CaseGroup } from './case.js';
import type { SendOptions } from './dotted-sign.js';
import type { Parameters } from './wire.js';

interface Options {
  readonly visit?: SendOptions;
  readonly button?: 'allow' | 'deny';
  /** Changes the fields of the form before it is sent. */
  readonly change?: (fields: Readonly<Record<string, string>>) => Parameters;
  /** Does not press a button. */
  readonly pageOnly?: boolean;
}

/** Adds a case: a user who is logged in and has no token opens an authorization, then presses a button of the consent page. */
export const authorizing =
  (group: CaseGroup) =>
  (name: string, parameters: Parameters | string, options: Options = {}): void => {
    const { button = 'allow', pageOnly = false } = options;
    group.add(`authorize/${name}`, async (server, observe) => {
      await server.reset();
      await server.login();
      const path =
        typeof parameters === 'string'
          ? `/oauth/authorize?${parameters}`
          : server.authorizePath({ ...authorization, ...parameters });
      const page = await server.visit(path, options.visit);
      observe('page', page, { page: true });
      if (said(page).page !== 'consent' || pageOnly) return;
      observe(button, await server.press(page, button, options.change), { page: true });
    });
  };
