import { CaseGroup } from '../case.js';
import { form, uriOf } from '../wire.js';
import { authorization } from '../requests.js';
import { authorizing } from '../authorization-case.js';

const group = new CaseGroup();
const asking = authorizing(group);

/** state, response_mode and other parameters of the authorization endpoint. */
export const authorizeParametersCases = group.cases;

const states = {
  'left out': undefined,
  empty: '',
  blank: ' ',
  'with a plus': 'a+b',
  'with a slash encoded': 'a/b%2Fc',
  'with & and =': 'a&b=c',
  unicode: 'zoë✓',
  'with quotes': `"'<>`,
  'with a newline': 'a\r\nb',
  tilde: '~-._*!()',
  base64: 'eyJhIjoxfQ==',
};
for (const [name, state] of Object.entries(states)) asking(`state ${name}`, { state });
asking('state with a raw plus', `${form({ ...authorization, state: undefined })}&state=a+b`);
asking('state with a raw %20', `${form({ ...authorization, state: undefined })}&state=a%20b`);
asking('state with broken UTF-8', `${form({ ...authorization, state: undefined })}&state=%ff`);
asking('state with a broken percent', `${form({ ...authorization, state: undefined })}&state=%zz`);
asking('state a list by []', `${form({ ...authorization, state: undefined })}&state[]=a`);
asking('client_id twice', `client_id=nobody&${form(authorization)}`);
asking('redirect_uri twice', `redirect_uri=https%3A%2F%2Fevil.example%2F&${form(authorization)}`);
asking('scope twice as a parameter', `scope=third_party&${form(authorization)}`);
asking('unknown parameter twice', `${form(authorization)}&foo=1&foo=2`);
asking('unknown parameter a list', `${form(authorization)}&foo[]=1`);
asking('prompt none', { prompt: 'none' });
asking('prompt consent', { prompt: 'consent' });
asking('access_type offline, nonce', { access_type: 'offline', nonce: 'n' });
asking('response_mode query', { response_mode: 'query' });
asking('response_mode fragment', { response_mode: 'fragment' });
asking('response_mode form_post', { response_mode: 'form_post' });
asking('state in a redirect_uri with a query', { redirect_uri: 'https://client.example/q?a=1&b=2' });
asking('deny in a redirect_uri with a query', { redirect_uri: 'https://client.example/q?a=1&b=2' }, { button: 'deny' });
asking('public client', { client_id: 'public', redirect_uri: uriOf('public') });
asking('form: anti-forgery value left out', {}, { change: (fields) => ({ ...fields, authenticity_token: '' }) });
asking('Accept json, unknown client', { client_id: 'nobody' }, { visit: { accept: 'application/json' } });
asking('Accept json, good', {}, { visit: { accept: 'application/json' }, pageOnly: true });
