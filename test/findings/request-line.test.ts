import t from 'tap';
import { requestLine } from '../../src/findings/request-line.js';

t.test('the line of a request names its path up to 200 characters', async (t) => {
  const line = requestLine({
    id: 7,
    at: '2026-01-01T00:00:00.000Z',
    provider: 'dottedsign',
    status: 400,
    reason: 'code.replayed',
    request: { method: 'POST', path: `/dottedsign/v1/${'x'.repeat(300)}` },
  });
  t.equal(line.path, `/v1/${'x'.repeat(196)}…`);
  t.match(line, { entry: 7, method: 'POST', status: 400, reason: 'code.replayed' });
});
