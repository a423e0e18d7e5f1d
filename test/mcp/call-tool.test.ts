import t from 'tap';
import { callTool } from '../../src/mcp/call-tool.js';
import type { Understudy } from '../../src/client/index.js';

t.test('a mistake of this program is told to the model, and its stack to people', async (t) => {
  const broken = {
    worlds: async () => {
      throw new TypeError('worlds is not iterable');
    },
  } as unknown as Understudy;
  const err: string[] = [];
  const context = { understudy: broken, signal: new AbortController().signal, onProgress: async () => {} };
  const answer = await callTool('list_worlds', {}, context, (line) => err.push(line));
  t.match(answer, {
    isError: true,
    content: [{ text: /^list_worlds failed, by a mistake of Understudy: worlds is not iterable\. Its standard error/ }],
  });
  t.equal(err.length, 1);
  t.match(err[0], /^understudy: list_worlds failed, .*TypeError: worlds is not iterable\n +at .*call-tool\.test/);
});
