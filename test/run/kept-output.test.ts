import t from 'tap';
import { KeptOutput } from '../../src/run/kept-output.js';

for (const [limit, kept] of [
  [0, []],
  [2, ['two', 'three']],
] as const) {
  t.test(`of the complete lines, the last ${limit} are kept`, (t) => {
    const told: string[] = [];
    const output = new KeptOutput(limit, (line) => told.push(line));
    output.add('one\ntw');
    output.add('o\nthree\n');
    t.strictSame(output.lastLines, kept);
    t.strictSame(told, ['one', 'two', 'three']);
    t.equal(output.take(), 'one\ntwo\nthree\n');
    t.end();
  });
}
