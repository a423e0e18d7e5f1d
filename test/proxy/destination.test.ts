import t from 'tap';
import { providers } from '../../src/providers/index.js';
import { destinationRules } from '../../src/proxy/destination-rules.js';
import { destinationOf, isLoopback } from '../../src/proxy/destination.js';
import { worldOfCredentials } from '../../src/proxy/proxy-world.js';

const decide = (authority: string, pass: readonly string[] = [], isLocal = true): string => {
  const found = destinationOf(authority, 443, destinationRules(providers, pass), isLocal);
  if (found === undefined) return 'no host';
  return found.kind === 'refused' ? found.reason : `${found.kind} ${found.host} ${found.port}`;
};

t.test('every spelling of a host of a provider is the provider', (t) => {
  for (const spelling of [
    'services.mailup.com:443',
    'services.mailup.com',
    'SERVICES.MailUp.com:443',
    'services.mailup.com.:443',
    'services.mailup.com..:443',
    'ｓervices.mailup.com:443',
    'services。mailup.com:443',
    'ser\u00advices.mailup.com:443',
  ]) {
    t.equal(decide(spelling, ['*']), 'provider services.mailup.com 443', spelling);
  }
  t.equal(decide('api.dottedsign.com:80'), 'provider api.dottedsign.com 80');
  t.equal(
    decide('services.mailup.com:8443', ['*']),
    'services.mailup.com is served at the ports 80 and 443, not at 8443',
  );
  t.end();
});

t.test('other hosts are refused, unless they are named', (t) => {
  t.equal(decide('example.com:443'), 'no provider has the host example.com; --proxy-pass example.com connects to it');
  t.equal(decide('example.com:443', ['example.com']), 'pass example.com 443');
  t.equal(decide('a.example.com:1', ['*.example.com']), 'pass a.example.com 1');
  t.match(decide('example.com:1', ['*.example.com']), /no provider has the host/);
  t.equal(decide('192.0.2.1:443', ['192.0.2.1']), 'pass 192.0.2.1 443');
  t.equal(decide('[2001:db8::1]:443', ['2001:DB8:0::1']), 'pass 2001:db8::1 443');
  t.end();
});

t.test('this machine is passed for clients that run on it', (t) => {
  for (const host of ['localhost', 'app.localhost', '127.0.0.1', '127.1.2.3', '0.0.0.0', '0x7f.1', '2130706433']) {
    t.match(decide(`${host}:3000`), /^pass .* 3000$/, host);
  }
  t.equal(decide('[::1]:3000'), 'pass ::1 3000');
  t.equal(decide('[::]:3000'), 'pass :: 3000');
  t.match(decide('0.0.0.0:3000', ['*'], false), /0.0.0.0 is the machine of the proxy/);
  t.match(decide('localhost:3000', [], false), /localhost is the machine of the proxy/);
  t.equal(decide('localhost:3000', ['localhost'], false), 'pass localhost 3000');
  t.match(decide('localhost:3000', ['*'], false), /localhost is the machine of the proxy/);
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) t.ok(isLoopback(address), address);
  for (const address of ['10.0.0.1', '::2', '::ffff:10.0.0.1', '', 'localhost']) t.notOk(isLoopback(address), address);
  t.end();
});

t.test('* passes all that cannot be a real provider', (t) => {
  t.equal(decide('example.com:443', ['*']), 'pass example.com 443');
  t.match(decide('www.mailup.com:443', ['*']), /may be a real service of the provider of services.mailup.com/);
  t.match(decide('mailup.com:443', ['*']), /may be a real service/);
  t.equal(decide('notmailup.com:443', ['*']), 'pass notmailup.com 443');
  t.equal(decide('www.mailup.com:443', ['*', 'www.mailup.com']), 'pass www.mailup.com 443');
  t.match(decide('192.0.2.1:443', ['*']), /192.0.2.1 may be the address of a real provider/);
  t.match(decide('[2001:db8::1]:443', ['*']), /may be the address of a real provider/);
  for (const host of ['10.0.0.1', '172.17.0.2', '192.168.1.1', '[fd00::1]', '[fe80::1]']) {
    t.match(decide(`${host}:5432`, ['*']), /^pass .* 5432$/, host);
  }
  t.end();
});

t.test('what is no host and port is refused', (t) => {
  for (const wrong of [
    '',
    ':443',
    '.:443',
    '*:443',
    'user:secret@a:443',
    'a:b',
    'a:0',
    'a:65536',
    'a:443/x',
    'u@a:443',
    'a b:1',
    '[::1',
    '[zz]:1',
    'a:1:2',
    '%00:1',
  ]) {
    t.equal(decide(wrong, ['*']), 'no host', wrong);
  }
  t.end();
});

t.test('--proxy-pass takes hosts, and never one of a provider', (t) => {
  const rules = (...pass: string[]) => destinationRules(providers, pass).pass;
  t.strictSame(rules('Example.COM.', '*', '*.x.test', '[::1]', '::1'), ['example.com', '*', '*.x.test', '::1', '::1']);
  for (const wrong of ['http://a', 'a:1', 'a/b', '', '*.', 'a*b', 'u@a']) {
    t.throws(() => rules(wrong), /--proxy-pass is .*; expected a host without scheme and port/, wrong);
  }
  for (const own of ['services.mailup.com', 'SERVICES.mailup.com.', '*.mailup.com', '*.com']) {
    t.throws(() => rules(own), /includes services.mailup.com, a host of a provider, which is never passed/, own);
  }
  t.end();
});

t.test('the user name of the credentials is the world', (t) => {
  const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
  t.equal(worldOfCredentials(undefined), 'default');
  t.equal(worldOfCredentials(basic('w-1:')), 'w-1');
  t.equal(worldOfCredentials(basic('w-1:secret')), 'w-1');
  t.equal(worldOfCredentials(basic('w-1').replace('Basic', 'bAsIc ')), 'w-1');
  for (const wrong of ['', 'Basic', 'Bearer x', 'Basic ä', basic(''), basic(':x'), basic('a b:'), basic('a/../b:')]) {
    t.equal(worldOfCredentials(wrong), undefined, wrong);
  }
  t.end();
});
