import { readFileSync, readdirSync } from 'node:fs';
import t from 'tap';
import { parse } from 'yaml';
import { filteredScenarios, firstSentence, scenarioWords } from '../../src/panel/views/scenarios/scenario-words.js';

const folder = new URL('../../fixtures/scenarios/', import.meta.url);
const scenarios = readdirSync(folder).map((file) => {
  const { description } = parse(readFileSync(new URL(file, folder), 'utf8')) as { description: string };
  return { name: file.replace('.yaml', ''), description };
});

void t.test('each built-in scenario but the default one says which client bug it catches', (t) => {
  for (const { name, description } of scenarios) {
    const { about, catches } = scenarioWords(description);
    t.not(about, '', name);
    t.notMatch(about, 'Catches', name);
    if (name === 'default') t.equal(catches, undefined);
    else t.match(catches, /^Catches [^\n]+[.]$/, name);
    t.equal(
      `${about} ${catches ?? ''}`.trim().length,
      description.trim().replace(/\s+/g, ' ').length,
      `nothing is lost: ${name}`,
    );
  }
  t.end();
});

void t.test('the sentence ends at a full stop that a new sentence follows', (t) => {
  t.same(
    scenarioWords('It is late.\nCatches a client that waits 0.1 seconds (RFC 6749 §4.1), i.e. never. `x` is one.'),
    {
      about: 'It is late. `x` is one.',
      catches: 'Catches a client that waits 0.1 seconds (RFC 6749 §4.1), i.e. never.',
    },
  );
  t.same(scenarioWords('Catches nothing!'), { about: '', catches: 'Catches nothing!' });
  t.same(scenarioWords('Catches without an end'), { about: 'Catches without an end', catches: undefined });
  t.same(scenarioWords(''), { about: '', catches: undefined });
  t.end();
});

void t.test('the first sentence of a text', (t) => {
  t.equal(firstSentence('It takes 0.5 s. Then it ends.'), 'It takes 0.5 s.');
  t.equal(firstSentence('no end'), 'no end');
  t.end();
});

void t.test('scenarios are found by words of their name and description', (t) => {
  const names = (text?: string): string[] => filteredScenarios(scenarios, text).map(({ name }) => name);
  t.equal(names().length, scenarios.length);
  t.same(names('WORKERS refresh-race'), ['refresh-race']);
  t.same(names('no such word'), []);
  t.end();
});
