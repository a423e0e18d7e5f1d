import { CaseGroup } from '../case.js';
import { form, uriOf } from '../wire.js';
import { authorization } from '../requests.js';
import { authorizing } from '../authorization-case.js';

const group = new CaseGroup();
const { add } = group;
const asking = authorizing(group);

/** The authorization endpoint: login, consent, scope, response_type, client_id. */
export const authorizeCases = group.cases;
for (const [name, params] of Object.entries({
  'unknown client': { client_id: 'nobody' },
  'bad redirect_uri': { redirect_uri: 'https://evil.example/' },
  'unknown scope': { scope: 'unheard.of' },
})) {
  add(`authorize/not logged in, ${name}`, async (server, observe) => {
    server.jar.clear();
    observe(
      'answer',
      await server.send({ path: server.authorizePath({ ...authorization, ...params }), cookies: true }),
      { page: true },
    );
  });
}
asking('allow', {});
asking('deny without state', { state: undefined }, { button: 'deny' });
asking('below /v1', form(authorization));
asking('scope left out', { scope: undefined });
asking('scope empty', { scope: '' });
asking('scope unknown', { scope: 'unheard.of' });
asking('scope embedded_signing', { scope: 'embedded_signing' });
asking('scope with two blanks', { scope: 'files.general.read  third_party' });
asking('scope twice', { scope: 'files.general.read files.general.read' });
asking('narrow client, scope left out', { client_id: 'narrow', redirect_uri: uriOf('narrow'), scope: undefined });
asking('narrow client, scope not its own', {
  client_id: 'narrow',
  redirect_uri: uriOf('narrow'),
  scope: 'third_party',
});
asking('response_type missing', { response_type: undefined });
asking('response_type empty', { response_type: '' });
asking('response_type token', { response_type: 'token' });
asking('response_type code token', { response_type: 'code token' });
asking('response_type id_token', { response_type: 'id_token' });
asking('response_type Code', { response_type: 'Code' });
asking('client_id empty', { client_id: '' });
asking('client_id unknown', { client_id: 'nobody' });
asking('client_id in capitals', { client_id: 'APP' });
asking('client_secret sent, right', { client_secret: 'app-secret' });
asking('nothing at all', '');
asking('everything wrong', {
  client_id: 'app',
  redirect_uri: 'https://evil.example/',
  response_type: 'magic',
  scope: 'unheard.of',
});
asking('response_type and scope wrong', { response_type: 'magic', scope: 'unheard.of' });
asking('redirect_uri missing, several registered', { redirect_uri: undefined });
asking('redirect_uri missing, none registered', { client_id: 'bare', redirect_uri: undefined });
asking('redirect_uri empty', { redirect_uri: '' });
