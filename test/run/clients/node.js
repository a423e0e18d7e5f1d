// A client as people write it: the provider's URLs are part of it. Its library is named by the argument.
import { Agent, request } from 'node:https';
import https from 'node:https';

const body = (secret) =>
  `grant_type=password&username=ada%40example.test&password=understudy&client_id=understudy-client&client_secret=${secret}`;
const headers = { 'content-type': 'application/x-www-form-urlencoded' };

/** Each library sends a request and returns status and body. */
const libraries = {
  async fetch(url, sent = {}) {
    const answer = await fetch(url, { method: sent.body === undefined ? 'GET' : 'POST', ...sent });
    return { status: answer.status, text: await answer.text() };
  },
  https: (url, sent) => byHttps(https.request, url, sent, undefined),
  'https with an agent of its own': (url, sent) => byHttps(request, url, sent, new Agent({ keepAlive: false })),
  async axios(url, { body: data, headers } = {}) {
    const { default: axios } = await import('axios');
    const { status, data: text } = await axios.request({
      url,
      method: data === undefined ? 'GET' : 'POST',
      data,
      headers,
      responseType: 'text',
      transformResponse: (text) => text,
      validateStatus: () => true,
    });
    return { status, text };
  },
  async got(url, sent = {}) {
    const { got } = await import('got');
    const method = sent.body === undefined ? 'GET' : 'POST';
    const { statusCode, body: text } = await got(url, { method, ...sent, throwHttpErrors: false, retry: { limit: 0 } });
    return { status: statusCode, text };
  },
  async undici(url, sent = {}) {
    const { request } = await import('undici');
    const { statusCode, body } = await request(url, { method: sent.body === undefined ? 'GET' : 'POST', ...sent });
    return { status: statusCode, text: await body.text() };
  },
};

function byHttps(request, url, { body, headers } = {}, agent) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: body === undefined ? 'GET' : 'POST', headers, agent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, text }));
    });
    sent.on('error', reject).end(body);
  });
}

const send = libraries[process.argv[2]];
const token = 'https://services.mailup.com/Authorization/OAuth/Token';
const wrong = await send(token, { body: body('wrong'), headers });
const right = await send(token, { body: body('understudy-secret'), headers });
const info = 'https://services.mailup.com/API/v1.1/Rest/ConsoleService.svc/Console/Authentication/Info';
const call = await send(info, { headers: { authorization: `Bearer ${JSON.parse(right.text).access_token}` } });
const other = await send('https://api.tinyemail.com/v1/customers');
console.log(JSON.stringify([wrong, right, call, other]));
