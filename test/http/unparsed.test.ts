import t from 'tap';
import { sendRaw } from '../raw.js';
import { startServer } from '../support.js';

const server = await startServer();
t.teardown(() => server.close());

const lines: string[] = [];
server.app.log.warn = ((_facts: object, text: string) => void lines.push(text)) as typeof server.app.log.warn;

const rest = 'Host: h\r\nConnection: close\r\n\r\n';
const refused: Readonly<Record<string, readonly [string | Buffer, RegExp]>> = {
  'raw UTF-8 in the URL': [`GET /mailup/x?state=café HTTP/1.1\r\n${rest}`, /outside ASCII.*percent-encoded/],
  'raw UTF-8 in the path': [`GET /mailup/café HTTP/1.1\r\n${rest}`, /outside ASCII/],
  'a space in the URL': [`GET /mailup/x?scope=a b HTTP/1.1\r\n${rest}`, /has a space/],
  'a TLS handshake': [Buffer.from('16030102000100', 'hex'), /speaks TLS.*http:\/\//],
  'HTTP/2 at once': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /HTTP\/2/],
  'a header name with a space': [`GET / HTTP/1.1\r\nX y: 1\r\n${rest}`, /a header has a character/],
  CONNECT: [`CONNECT api.example:443 HTTP/1.1\r\n${rest}`, /takes this server for a proxy/],
};

for (const [name, [bytes, reason]] of Object.entries(refused)) {
  t.test(`${name} is answered 400 and logged once, with the likely reason`, async (t) => {
    lines.length = 0;
    const answer = await sendRaw(server.url, bytes);
    t.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/);
    t.match(answer, reason);
    t.equal(lines.length, 1);
    t.match(lines[0], reason);
    t.notMatch(lines[0], /café|scope=/, 'without the bytes of the request');
  });
}
