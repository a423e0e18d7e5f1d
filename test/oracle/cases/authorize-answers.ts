import { CaseGroup } from '../case.js';
import { authorization } from '../requests.js';
import { fieldsOf, formsOf, said } from '../page.js';

const group = new CaseGroup();
const { add } = group;

/** Headers of the pages and redirects of the authorization endpoint, and its methods. */
export const authorizeAnswersCases = group.cases;

add('authorize/headers of an error page', async (server, observe) => {
  await server.login();
  observe('answer', await server.visit(server.authorizePath({ ...authorization, client_id: 'nobody' })), {
    without: ['body', 'content-type'],
  });
});
add('authorize/fields of the deny form', async (server, observe) => {
  await server.reset();
  await server.login();
  observe.fact(
    'fields',
    formsOf((await server.visit(server.authorizePath(authorization))).text)
      .slice(1)
      .map(fieldsOf)
      .join(),
  );
});
add('authorize/headers of the consent page', async (server, observe) => {
  await server.reset();
  await server.login();
  observe('answer', await server.visit(server.authorizePath(authorization)), { without: ['body'] });
});
add('authorize/headers of the redirect with the code', async (server, observe) => {
  await server.reset();
  await server.login();
  const page = await server.visit(server.authorizePath(authorization));
  observe('answer', await server.press(page, 'allow'));
});
add('authorize/headers of the redirect with the denial', async (server, observe) => {
  await server.reset();
  await server.login();
  const page = await server.visit(server.authorizePath(authorization));
  observe('answer', await server.press(page, 'deny'));
});
add('authorize/POST without a form', async (server, observe) => {
  await server.login();
  const answer = await server.post('/oauth/authorize', authorization, { cookies: true });
  observe.fact('status', answer.status);
  observe.fact('page', said(answer).page);
});
