import { scriptRoute } from './page-script.js';
import type { FastifyInstance } from 'fastify';

/** Path of the script that fills the login form with a test account, below the provider. */
export const useAccountScriptPath = '/__understudy/use-account.js';

/**
 * Shows the buttons of the test accounts, which do nothing without a script. A click fills the form and does not send
 * it: the person sees what is sent. The error of the login before goes away. The values are read from the text of the
 * row, where the journal redacts them.
 */
const script = `(() => {
  for (const button of document.querySelectorAll('.accounts button')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const [username, password] = button.closest('tr').querySelectorAll('code');
      document.querySelector('#username').value = username.textContent;
      document.querySelector('#password').value = password.textContent;
      document.querySelector('#error')?.remove();
      for (const field of document.querySelectorAll('[aria-invalid]')) {
        field.removeAttribute('aria-invalid');
        field.removeAttribute('aria-describedby');
      }
      document.querySelector('form .primary').focus();
    });
  }
})();
`;

/** Serves the script of the test accounts. */
export function useAccountRoute(app: FastifyInstance): void {
  scriptRoute(app, useAccountScriptPath, script);
}
