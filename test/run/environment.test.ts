import { delimiter, join } from 'node:path';
import { rootCertificates } from 'node:tls';
import t from 'tap';
import { partsOf } from '../../src/run/environment/index.js';
import { noProxy } from '../../src/run/environment/no-proxy.js';
import { providerPart } from '../../src/run/environment/understudy.js';
import { providers } from '../../src/providers/index.js';
import { Worlds } from '../../src/world/worlds.js';
import { demo } from '../support.js';
import type { Facts } from '../../src/run/facts.js';

const facts: Facts = {
  url: 'http://127.0.0.1:1001',
  tlsUrl: 'https://127.0.0.1:1002',
  proxyUrl: 'http://127.0.0.1:1003',
  caCertificate: 'AUTHORITY\n',
  adminToken: 'token',
  hosts: ['services.mailup.com', 'api.tinyemail.com'],
  pass: ['*'],
  folder: '/tmp/run',
  preload: '/package/dist/preload.cjs',
  trustStore: '/data/truststore',
};

interface Made {
  readonly variables: Readonly<Record<string, string>>;
  readonly files: ReadonlyMap<string, string>;
}

/** What the command gets, if the machine has these variables and files. */
function made(env: Record<string, string> = {}, machine: Record<string, string> = {}, more: Partial<Facts> = {}): Made {
  const existing = new Map(Object.entries(machine));
  const parts = partsOf({ ...facts, ...more }, { env, read: (path) => existing.get(path) });
  return {
    variables: Object.assign({}, ...parts.map(({ variables }) => variables)) as Record<string, string>,
    files: new Map(parts.flatMap(({ files = new Map<string, string>() }) => [...files])),
  };
}

const bundles = [
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'AWS_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'DENO_CERT',
];

void t.test('proxy variables are set in both cases', async (t) => {
  const { variables } = made();
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy']) {
    t.equal(variables[name], facts.proxyUrl);
  }
  for (const name of ['NO_PROXY', 'no_proxy']) t.equal(variables[name], 'localhost,127.0.0.1,::1,[::1]');
});

void t.test('NO_PROXY keeps entries of the user, except those that cover a host of a provider', async (t) => {
  const kept = (...entries: string[]): string =>
    noProxy({ NO_PROXY: entries.join(',') }, facts.hosts)
      .replace('localhost,127.0.0.1,::1,[::1]', '')
      .slice(1);
  for (const covering of [
    '*',
    '.',
    'com',
    '.com',
    'mailup.com',
    '.mailup.com',
    '*.mailup.com',
    'SERVICES.mailup.com',
    'services.mailup.com.',
    'services.mailup.com:443',
    'ilup.com',
    'services.*',
    's*p.com',
    'api.tinyemail.com',
  ]) {
    t.equal(kept(covering), '', covering);
  }
  for (const other of ['intranet.test', '.example.com', 'mail.example', '10.0.0.0/8', 'fd00::1', 'xmailup.com', '[a']) {
    t.equal(kept(other), other);
  }
  t.equal(
    noProxy({ NO_PROXY: 'a.test localhost', no_proxy: 'b.test, a.test' }, facts.hosts),
    'localhost,127.0.0.1,::1,[::1],a.test,b.test',
  );
});

void t.test('bundles have the authorities of the system and that of the server', async (t) => {
  for (const path of ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt', '/etc/ssl/cert.pem']) {
    const { variables, files } = made({}, { [path]: 'SYSTEM' });
    for (const name of bundles) t.equal(variables[name], '/tmp/run/system-ca.pem');
    t.equal(files.get('system-ca.pem'), 'SYSTEM\nAUTHORITY\n');
  }
  const { files } = made();
  t.equal(files.get('system-ca.pem'), `${rootCertificates.join('\n')}\nAUTHORITY\n`, 'Node has authorities of its own');
});

void t.test('a bundle of the user stays in force', async (t) => {
  const machine = { '/own.pem': 'OWN', '/etc/ssl/cert.pem': 'SYSTEM' };
  for (const name of bundles) {
    const { variables, files } = made({ [name]: '/own.pem' }, machine);
    t.equal(variables[name], `/tmp/run/${name}.pem`);
    t.equal(files.get(`${name}.pem`), 'OWN\nAUTHORITY\n');
  }
  const { variables } = made({ SSL_CERT_FILE: '/own.pem', DENO_CERT: '' }, machine);
  for (const name of bundles) t.equal(variables[name], `/tmp/run/${name}.pem`, 'that of OpenSSL applies to all');
  const missing = made({ AWS_CA_BUNDLE: '/missing.pem' }, machine);
  t.equal(missing.variables.AWS_CA_BUNDLE, '/tmp/run/system-ca.pem', 'a file that cannot be read');
});

void t.test('Node gets the proxy, the authority and the preload, and keeps options of the user', async (t) => {
  const { variables, files } = made();
  t.match(variables, {
    NODE_USE_ENV_PROXY: '1',
    NODE_OPTIONS: '--require "/package/dist/preload.cjs"',
    NODE_EXTRA_CA_CERTS: '/tmp/run/node-extra-ca.pem',
    UNDERSTUDY_HOSTS: 'services.mailup.com,api.tinyemail.com',
  });
  t.equal(files.get('node-extra-ca.pem'), '\nAUTHORITY\n');

  const own = made({ NODE_OPTIONS: '--no-warnings', NODE_EXTRA_CA_CERTS: '/own.pem' }, { '/own.pem': 'OWN' });
  t.equal(own.variables.NODE_OPTIONS, '--no-warnings --require "/package/dist/preload.cjs"');
  t.equal(own.files.get('node-extra-ca.pem'), 'OWN\nAUTHORITY\n');
  const odd = made({}, {}, { preload: 'C:\\a "b"\\preload.cjs' });
  t.equal(odd.variables.NODE_OPTIONS, '--require "C:\\\\a \\"b\\"\\\\preload.cjs"');
});

void t.test('PHP gets a folder of settings in addition to its own', async (t) => {
  const { variables, files } = made();
  t.equal(variables.PHP_INI_SCAN_DIR, `${delimiter}/tmp/run/php`);
  t.equal(
    files.get(join('php', 'understudy.ini')),
    'curl.cainfo="/tmp/run/system-ca.pem"\nopenssl.cafile="/tmp/run/system-ca.pem"\n',
  );
  t.equal(made({ PHP_INI_SCAN_DIR: '/own' }).variables.PHP_INI_SCAN_DIR, `/own${delimiter}/tmp/run/php`);
});

void t.test('Java gets properties, and a truststore if there is one', async (t) => {
  const proxy =
    '-Dhttp.proxyHost=127.0.0.1 -Dhttp.proxyPort=1003 -Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=1003 ' +
    '-Dhttp.nonProxyHosts=localhost|127.*|[::1]';
  const store = '-Djavax.net.ssl.trustStore=/data/truststore -Djavax.net.ssl.trustStorePassword=changeit';
  t.equal(made().variables.JAVA_TOOL_OPTIONS, `${proxy} ${store}`);
  t.equal(made({}, {}, { trustStore: undefined }).variables.JAVA_TOOL_OPTIONS, proxy);
  t.equal(made({ JAVA_TOOL_OPTIONS: '-Xmx1g' }).variables.JAVA_TOOL_OPTIONS, `-Xmx1g ${proxy} ${store}`);
  t.match(
    made({}, {}, { trustStore: '/my data/truststore' }).variables.JAVA_TOOL_OPTIONS,
    '"-Djavax.net.ssl.trustStore=/my data/truststore"',
  );
});

void t.test('a test of the command finds the server', async (t) => {
  const { variables, files } = made();
  t.match(variables, {
    UNDERSTUDY_URL: facts.url,
    UNDERSTUDY_TLS_URL: facts.tlsUrl,
    UNDERSTUDY_PROXY_URL: facts.proxyUrl,
    UNDERSTUDY_CA_FILE: '/tmp/run/ca.pem',
    UNDERSTUDY_WORLD: 'default',
    UNDERSTUDY_ADMIN_TOKEN: 'token',
  });
  t.equal(files.get('ca.pem'), 'AUTHORITY\n');
});

void t.test('each provider has its URLs and a client', async (t) => {
  const world = new Worlds({ providers }).use('default')!;
  const mailup = providers[0]!;
  const registered = world.realm(mailup).clients;
  const given = (...ownIds: string[]): Readonly<Record<string, string>> =>
    providerPart(mailup, facts.url, world, ownIds).variables;
  t.strictSame(given(), {
    UNDERSTUDY_MAILUP_BASE_URL: `${facts.url}/mailup`,
    UNDERSTUDY_MAILUP_AUTHORIZE_URL: `${facts.url}/mailup${mailup.endpoints.authorize[0]}`,
    UNDERSTUDY_MAILUP_TOKEN_URL: `${facts.url}/mailup${mailup.endpoints.token[0]}`,
    UNDERSTUDY_MAILUP_API_URL: `${facts.url}/mailup${mailup.endpoints.api[0]}`,
    UNDERSTUDY_MAILUP_CLIENT_ID: demo.id,
    UNDERSTUDY_MAILUP_CLIENT_SECRET: demo.secret,
  });
  const dottedsign = providers.find(({ name }) => name === 'dottedsign')!;
  t.match(providerPart(dottedsign, facts.url, world, []).variables, {
    UNDERSTUDY_DOTTEDSIGN_REVOKE_URL: `${facts.url}/dottedsign${dottedsign.endpoints.revoke[0]}`,
  });
  for (const id of ['mine', 'mailups']) registered.set(id, { ...registered.get(demo.id)!, id, secret: 's' });
  t.match(given('mine'), { UNDERSTUDY_MAILUP_CLIENT_ID: 'mine', UNDERSTUDY_MAILUP_CLIENT_SECRET: 's' });
  t.match(given('dottedsign=mine', 'mailup=mailups'), { UNDERSTUDY_MAILUP_CLIENT_ID: 'mailups' });
  registered.clear();
  t.notMatch(given('mine'), { UNDERSTUDY_MAILUP_CLIENT_ID: String });
});
