import { existsSync } from 'node:fs';
import t from 'tap';
import { makeFolder, readIfPossible, removeFolder } from '../../src/run/folder.js';

t.test('a temporary folder is made and removed', (t) => {
  const folder = makeFolder();
  t.ok(existsSync(folder));
  removeFolder(folder);
  t.notOk(existsSync(folder));
  t.equal(readIfPossible(folder), undefined);
  t.end();
});

t.test('a place that does not exist is told in one line', (t) => {
  const { TMPDIR } = process.env;
  t.teardown(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  });
  process.env.TMPDIR = '/no/such/place';
  t.throws(makeFolder, /a temporary folder cannot be made: ENOENT.*; TMPDIR names another place/);
  t.end();
});
