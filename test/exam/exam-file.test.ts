import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { ExamFileSchema } from '../../src/commands/exam-file-schema.js';
import { examOptions } from '../../src/commands/exam-options.js';
import { readExamFile, readExpectedFailures } from '../../src/commands/exam-file.js';

const folder = t.testdir();

/** Writes a file, and returns its path. */
function fileWith(text: string): string {
  const file = join(folder, 'exam.yaml');
  writeFileSync(file, text);
  return file;
}

t.test('a file gives the texts of options, and the failures that are expected', async (t) => {
  const { given, expected } = readExamFile(
    fileWith(`
provider: mailup
port: 0
group: [ life, api ]
login: { url: "http://localhost:3000/login", fields: { user: "{person}" } }
reports: { html: out.html, junit: out.xml }
expectedFailures: [ { id: state-sent, reason: ticket 1 } ]
`),
  );
  t.strictSame(given, {
    provider: ['mailup'],
    port: ['0'],
    login: ['http://localhost:3000/login'],
    loginField: ['user={person}'],
    group: ['life', 'api'],
    report: ['html=out.html', 'junit=out.xml'],
  });
  t.strictSame(expected, [{ id: 'state-sent', reason: 'ticket 1' }]);
  t.strictSame(readExamFile(fileWith('login: { url: "http://localhost/login" }')).given, {
    login: ['http://localhost/login'],
    loginField: [],
  });
});

t.test('each member of a file that is not read apart is an option', async (t) => {
  const apart = ['$schema', 'login', 'reports', 'expectedFailures'];
  const plain = Object.keys(ExamFileSchema.properties).filter((name) => !apart.includes(name));
  t.strictSame(
    plain.filter((name) => !(name in examOptions)),
    [],
  );
});

t.test('all mistakes of a file are told with their places', async (t) => {
  const file = fileWith('provder: mailup\nreports: { htm: out.html }\n');
  t.throws(() => readExamFile(file), {
    message: new RegExp(`^${file}:1:1: provder: .*did you mean "provider"[^]*\n${file}:2:12: reports.htm: .*"html"`),
  });
  t.throws(() => readExamFile(fileWith('a: 1\n---\nb: 2')), { message: /an exam file must contain one YAML document/ });
  t.throws(() => readExamFile(fileWith('')), { message: /the file is empty; write {} for an exam without options/ });
  const unknown = fileWith('expectedFailures: [ { id: state-snt, reason: x } ]');
  t.throws(() => readExamFile(unknown), {
    message: `${unknown}:1:23: expectedFailures.0.id: there is no check "state-snt"; did you mean "state-sent"?`,
  });
});

t.test('expected failures are a list of ids with reasons', async (t) => {
  t.strictSame(readExpectedFailures(fileWith('[]')), []);
  t.throws(() => readExpectedFailures(fileWith('- { id: state-snt, reason: x }')), {
    message: /0.id: there is no check/,
  });
  t.throws(() => readExpectedFailures(fileWith('- { id: state-sent }')), { message: /reason/ });
  t.throws(() => readExpectedFailures(join(folder, 'none.yaml')), { message: /none.yaml" cannot be read: ENOENT/ });
});
