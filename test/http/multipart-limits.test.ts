import t from 'tap';
import { demo, startServer } from '../support.js';

const boundary = 'limit-of-parts';
const part = (name: string, value: string): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

const credentials =
  part('client_id', demo.id) + part('client_secret', demo.secret) + part('grant_type', 'client_credentials');

t.test('limit "parts of a multipart form": more than 1,024 are refused, with a reason in the journal', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const send = async (parts: number): Promise<number> => {
    const answer = await fetch(`${server.url}/mailup/Authorization/OAuth/Token`, {
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: `${credentials}${'--limit-of-parts\r\n\r\n\r\n'.repeat(parts)}--${boundary}--\r\n`,
    });
    await answer.text();
    return answer.status;
  };
  const journal = (): Promise<string> => fetch(`${server.url}/__admin/journal`).then((answer) => answer.text());
  await send(1000);
  t.notMatch(await journal(), /more than 1024 parts/, 'a form of fewer parts is read');
  t.equal(await send(2600), 400);
  t.match(await journal(), /more than 1024 parts/);
});
