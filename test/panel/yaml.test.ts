import t from 'tap';
import { parse } from 'yaml';
import { toYaml } from '../../src/panel/parts/yaml.js';

void t.test('a value is written as YAML that gives the same value', (t) => {
  const match = { endpoint: 'token' };
  const value = { faults: [{ match, until: match, fault: { kind: 'drop' } }], text: '<b>: #', none: undefined };
  const text = toYaml(value);
  t.same(parse(text), { faults: value.faults, text: '<b>: #' });
  t.notMatch(text, /[&*]/, 'an object that occurs twice is written twice');
  t.end();
});
