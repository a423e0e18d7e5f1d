import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import t from 'tap';
import { LineTransport } from '../../src/mcp/line-transport.js';
import { beginCommand } from '../begin-command.js';
import type { Test } from 'tap';
import type { Running } from '../begin-command.js';

interface Answer {
  readonly id: string | number | null;
  readonly error?: { readonly code: number; readonly message: string };
  readonly result?: { readonly content: readonly { readonly text: string }[] };
}

interface Raw extends Running {
  readonly input: PassThrough;
  /** Writes a line, and returns the next message. */
  readonly send: (line: string) => Promise<Answer>;
  /** The next message. */
  readonly next: () => Promise<Answer>;
}

/** The command in this process, without a client: what is sent to it is written by hand. */
function rawAssistant(t: Test): Raw {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const running = beginCommand(['mcp'], { streams: () => ({ input, output }) });
  t.teardown(async () => {
    input.end();
    await running.exit;
  });
  const messages = createInterface({ input: output })[Symbol.asyncIterator]();
  const next = async (): Promise<Answer> => JSON.parse(String((await messages.next()).value)) as Answer;
  const send = async (line: string): Promise<Answer> => {
    input.write(`${line}\n`);
    return await next();
  };
  return { ...running, input, send, next };
}

const call = (params: unknown): string => JSON.stringify({ jsonrpc: '2.0', id: 'a', method: 'tools/call', params });

for (const [what, line, id, code, message] of [
  ['text', 'hello', null, -32700, /^the line is not JSON: Unexpected token/],
  ['half an object', '{"jsonrpc":"2.0",', null, -32700, /^the line is not JSON: /],
  ['a list', '[]', null, -32600, 'the line is no request of JSON-RPC 2.0: expected an object, got an array'],
  ['null', 'null', null, -32600, /expected an object, got null/],
  ['an old version', '{"jsonrpc":"1.0","id":7,"method":"ping"}', 7, -32600, /jsonrpc expected "2\.0", got "1\.0"$/],
  ['no method', '{"jsonrpc":"2.0","id":7}', 7, -32600, /method is required$/],
  ['an id that is null', '{"jsonrpc":"2.0","id":null,"method":"ping"}', null, -32600, /id expected: a text or a whole/],
  ['parameters in a list', '{"jsonrpc":"2.0","id":7,"method":"ping","params":[]}', 7, -32600, /params expected an obj/],
  ['an answer without an id', '{"jsonrpc":"2.0","result":{}}', null, -32600, /result is not a member here/],
  ['an id beyond all numbers', '{"jsonrpc":"2.0","id":1e300,"method":"ping"}', null, -32600, /members are not those/],
  ['no tool', call({}), 'a', -32602, 'the request cannot be answered: params.name is required'],
  ['no parameters', call(undefined), 'a', -32602, 'the request cannot be answered: params is required'],
  [
    'a text as arguments',
    call({ name: 'list_worlds', arguments: 'all' }),
    'a',
    -32602,
    'the request cannot be answered: params.arguments expected an object, got a string ("all")',
  ],
  [
    'several mistakes',
    call({ name: 1, arguments: null }),
    'a',
    -32602,
    /params\.name expected a string, got a number \(1\); params\.arguments expected an object, got null$/,
  ],
  ['no URI', '{"jsonrpc":"2.0","id":3,"method":"resources/read","params":{}}', 3, -32602, /params\.uri is required$/],
  ['a page', '{"jsonrpc":"2.0","id":3,"method":"tools/list","params":{"cursor":1}}', 3, -32602, /params\.cursor expec/],
  [
    'an initialize request without parameters',
    '{"jsonrpc":"2.0","id":3,"method":"initialize"}',
    3,
    -32602,
    /params is required$/,
  ],
  [
    'a message with 101 levels',
    call({ name: 'play_scenario', arguments: { scenario: JSON.parse('{"a":'.repeat(101) + '1' + '}'.repeat(101)) } }),
    'a',
    -32600,
    'the message is nested deeper than 100 levels',
  ],
] as const) {
  t.test(`${what} is answered with an error, and the server goes on`, async (t) => {
    const { err, send } = rawAssistant(t);
    t.match(await send(line), { jsonrpc: '2.0', id, error: { code, message } });
    t.equal(err.length, 2, 'a person sees it too');
    t.match(await send('{"jsonrpc":"2.0","id":"next","method":"ping"}'), { id: 'next', result: {} });
  });
}

t.test('a well-formed request for what does not exist is told to the assistant alone', async (t) => {
  const { err, send } = rawAssistant(t);
  const read = { jsonrpc: '2.0', id: 'b', method: 'resources/read', params: { uri: 'understudy://x' } };
  for (const [line, code, message] of [
    ['{"jsonrpc":"2.0","id":3,"method":"prompts/list"}', -32601, 'Method not found'],
    [call({ name: 'list_world' }), -32602, 'there is no tool "list_world"; did you mean "list_worlds"?'],
    [JSON.stringify(read), -32602, 'there is no resource "understudy://x"'],
  ] as const) {
    t.same((await send(line)).error, { code, message });
  }
  t.equal(err.length, 1);
});

t.test('a blank line is no message, and a message can come in pieces', async (t) => {
  const { input, err, send } = rawAssistant(t);
  input.write('\n \r\n');
  input.write('{"jsonrpc":"2.0","id":"ü",');
  t.match(await send('"method":"ping"}'), { id: 'ü', result: {} });
  t.equal(err.length, 1);
});

t.test('an answer that was not asked for is no request', async (t) => {
  const { err, send, input } = rawAssistant(t);
  input.write('{"jsonrpc":"2.0","id":5,"result":{}}\n');
  t.match(await send('{"jsonrpc":"2.0","id":"next","method":"ping"}'), { id: 'next', result: {} });
  t.match(err[1], /unknown message ID/);
});

t.test('the last line needs no end', async (t) => {
  const { input, next, exit } = rawAssistant(t);
  input.end('{"jsonrpc":"2.0","id":"last","method":"ping"}');
  t.match(await next(), { id: 'last', result: {} });
  t.equal(await exit, 0);
});

t.test('a line without an end is not collected for ever: it is refused, and the service ends', async (t) => {
  const { input, next, exit, err } = rawAssistant(t);
  input.write('x'.repeat(20_000_000));
  const message = 'a line is longer than 10485760 bytes; no more is read';
  t.match(await next(), { id: null, error: { code: -32600, message } });
  t.equal(await exit, 0);
  t.match(err[1], /cannot be used: a line is longer than/);
});

t.test('a request that is cancelled by the next line is not begun', async (t) => {
  const { input, send } = rawAssistant(t);
  const create = { jsonrpc: '2.0', id: 'b', method: 'tools/call', params: { name: 'create_world', arguments: {} } };
  const cancel = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'b' } };
  input.write(`${JSON.stringify(create)}\n${JSON.stringify(cancel)}\n`);
  const { id, result } = await send(call({ name: 'list_worlds' }));
  t.equal(id, 'a', 'the cancelled request has no answer');
  t.match(result?.content[0]?.text, /^\[\{"id":"default",[^{]*\}\]$/);
});

t.test('a full output is waited for, and an error of the input is told', async (t) => {
  const [input, output] = [new PassThrough(), new PassThrough({ highWaterMark: 1 })];
  const transport = new LineTransport(input, output);
  const errors: unknown[] = [];
  transport.onerror = (error) => errors.push(error.message);
  await transport.start();
  let isSent = false;
  const sending = transport.send({ jsonrpc: '2.0', id: 1, result: {} }).then(() => (isSent = true));
  await new Promise(setImmediate);
  t.notOk(isSent);
  output.resume();
  await sending;
  input.emit('error', new Error('the pipe broke'));
  output.destroy();
  input.write('hello\n');
  await new Promise(setImmediate);
  t.match(errors, ['the pipe broke', /not JSON/]);
  await transport.close();
});
