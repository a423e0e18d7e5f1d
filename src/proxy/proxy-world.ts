import { worldIdPattern } from '../world/worlds.js';

const basic = /^basic +([a-z0-9+/]+=*)$/i;
const validId = new RegExp(worldIdPattern);

/**
 * The world that the credentials of a proxy name: the user name of Basic (RFC 7617). Without credentials it is
 * `default`. Undefined if the header is something else.
 *
 * @param header the value of Proxy-Authorization (RFC 9110 §11.7.2)
 */
export function worldOfCredentials(header: string | undefined): string | undefined {
  if (header === undefined) return 'default';
  const [, encoded] = basic.exec(header) ?? [];
  if (encoded === undefined) return undefined;
  const [user = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return validId.test(user) ? user : undefined;
}
