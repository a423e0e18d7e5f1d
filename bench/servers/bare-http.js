// Lower bound for servers on Node: a node:http handler that reads the form and answers a fixed token.
import { createServer } from 'node:http';
import { fixedResource, fixedToken, ready } from './fixed.js';

const answers = { '/token': JSON.stringify(fixedToken), '/resource': JSON.stringify(fixedResource) };

const server = createServer((request, response) => {
  let body = '';
  request
    .setEncoding('utf8')
    .on('data', (text) => (body += text))
    .on('end', () => {
      if (body !== '') new URLSearchParams(body);
      const answer = answers[request.url] ?? '{}';
      response
        .writeHead(200, {
          'content-type': 'application/json; charset=utf-8',
          'cache-control': 'no-store',
          'content-length': Buffer.byteLength(answer),
        })
        .end(answer);
    });
});
server.listen(0, '127.0.0.1', () => ready(server.address().port));
