import { texts } from './kinds.js';
import type { OptionTable } from './option.js';

/** Settings of a client of one's own, which is registered in every world. */
export const clientOptions = {
  /** client_id of a client of your own, at every provider or at one: mailup=ID. */
  clientId: texts({
    flag: 'client-id',
    env: ['UNDERSTUDY_CLIENT_ID'],
    value: 'ID',
    help: 'client_id of a client of your own, at every provider or at one: mailup=ID',
  }),
  /** Its secret, at every provider or at one: mailup=SECRET. */
  clientSecret: texts({
    flag: 'client-secret',
    env: ['UNDERSTUDY_CLIENT_SECRET'],
    value: 'SECRET',
    help: 'Its secret, at every provider or at one: mailup=SECRET',
  }),
  /** Its redirect_uri, at every provider or at one: mailup=URI. Several are separated by spaces. */
  redirectUri: texts({
    flag: 'redirect-uri',
    env: ['UNDERSTUDY_REDIRECT_URI'],
    value: 'URI',
    help: 'Its redirect_uri, at every provider or at one: mailup=URI. Several are separated by spaces',
  }),
} satisfies OptionTable;
