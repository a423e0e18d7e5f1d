import t from 'tap';
import { openLog, readable } from '../src/logging.js';

const time = new Date(2026, 0, 2, 3, 4, 5).getTime();
const usual = { level: 40, time, pid: 1, hostname: 'h' };

t.test('a line of the log for people', (t) => {
  t.equal(
    readable(JSON.stringify({ ...usual, status: 502, msg: 'a host\u001b' })),
    '03:04:05 warn a host\\u001b {"status":502}\n',
  );
  t.equal(readable(JSON.stringify({ ...usual, msg: 'plain' })), '03:04:05 warn plain\n');
  t.equal(
    readable(JSON.stringify({ ...usual, level: 50, err: { stack: 'Error: x\n    at y' } })),
    '03:04:05 error\nError: x\n    at y\n',
  );
  t.equal(readable(JSON.stringify({ ...usual, level: 33, err: {} })), '03:04:05\n', 'a level without a name');
  t.end();
});

t.test('a terminal gets lines for people, and all else JSON', (t) => {
  const written = (isTTY: boolean): string => {
    let text = '';
    openLog('warn', { isTTY, write: (line: string) => (text += line) }).warn({ name: 'x' }, 'hello');
    return text;
  };
  t.match(written(true), /^\d\d:\d\d:\d\d warn hello \{"name":"x"\}\n$/);
  t.match(JSON.parse(written(false)), { level: 40, msg: 'hello', name: 'x' });
  t.end();
});
