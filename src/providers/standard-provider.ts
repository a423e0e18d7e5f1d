import { standard } from './standard.js';
import type { Provider } from './provider.js';

/** A server that does what the RFCs say, and nothing else. Provider files are like it unless they say otherwise. */
export const standardProvider: Provider<'standard'> = {
  ...standard,
  name: 'standard',
  title: 'Standard',
  origin: 'https://oauth.example',
  hosts: [],
  endpoints: {
    authorize: ['/authorize'],
    token: ['/token'],
    revoke: ['/revoke'],
    introspect: ['/introspect'],
    tokenInfo: [],
    login: '/login',
    api: ['/api'],
  },
};
