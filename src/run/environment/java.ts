import { trustStorePassword } from '../trust-store.js';
import type { Facts, Outside, Part } from '../facts.js';

/** Java reads properties. The JVM takes them from JAVA_TOOL_OPTIONS, and says so in one line on standard error. */
export function javaPart({ proxyUrl, trustStore }: Facts, { env }: Outside): Part {
  const { hostname, port } = new URL(proxyUrl);
  const properties = [
    ...['http', 'https'].flatMap((scheme) => [
      [`${scheme}.proxyHost`, hostname],
      [`${scheme}.proxyPort`, port],
    ]),
    ['http.nonProxyHosts', 'localhost|127.*|[::1]'],
    ...(trustStore === undefined
      ? []
      : [
          ['javax.net.ssl.trustStore', trustStore],
          ['javax.net.ssl.trustStorePassword', trustStorePassword],
        ]),
  ].map(([name, value]) => quoted(`-D${String(name)}=${String(value)}`));
  return { variables: { JAVA_TOOL_OPTIONS: [env.JAVA_TOOL_OPTIONS ?? '', ...properties].join(' ').trim() } };
}

/** The JVM splits the variable at spaces outside quotation marks. */
const quoted = (option: string): string => (/\s/.test(option) ? `"${option}"` : option);
