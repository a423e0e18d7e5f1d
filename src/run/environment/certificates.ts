import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import type { Facts, Outside, Part } from '../facts.js';

/** Where systems keep the authorities that they trust: Debian, Fedora, SUSE, Alpine and macOS, FreeBSD. */
const systemBundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
  '/usr/local/etc/ssl/cert.pem',
];

/** Each variable that names a bundle, with the variables that apply in its place. The first one that is set counts. */
const bundleVariables = new Map([
  // OpenSSL, Ruby, Go, Python
  ['SSL_CERT_FILE', ['SSL_CERT_FILE']],
  ['REQUESTS_CA_BUNDLE', ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'SSL_CERT_FILE']],
  ['CURL_CA_BUNDLE', ['CURL_CA_BUNDLE', 'SSL_CERT_FILE']],
  ['AWS_CA_BUNDLE', ['AWS_CA_BUNDLE', 'SSL_CERT_FILE']],
  ['GIT_SSL_CAINFO', ['GIT_SSL_CAINFO', 'SSL_CERT_FILE']],
  ['DENO_CERT', ['DENO_CERT', 'SSL_CERT_FILE']],
]);

/** The bundle with the authorities of the system. */
export const systemBundle = 'system-ca.pem';

/**
 * Programs that trust one bundle: theirs is the user's own, or that of the system, with the authority of Understudy
 * added. So other HTTPS continues to work.
 */
export function certificatesPart({ folder, caCertificate }: Facts, { env, read }: Outside): Part {
  const files = new Map([[systemBundle, `${systemAuthorities(read)}\n${caCertificate}`]]);
  const variables = [...bundleVariables].map(([variable, sources]) => {
    const own = sources.map((name) => env[name] ?? '').find((path) => path !== '');
    const authorities = own === undefined ? undefined : read(own);
    if (authorities === undefined) return [variable, join(folder, systemBundle)];
    const file = `${variable}.pem`;
    files.set(file, `${authorities}\n${caCertificate}`);
    return [variable, join(folder, file)];
  });
  return { variables: Object.fromEntries(variables) as Record<string, string>, files };
}

function systemAuthorities(read: Outside['read']): string {
  for (const path of systemBundles) {
    const text = read(path);
    if (text !== undefined) return text;
  }
  return rootCertificates.join('\n');
}
