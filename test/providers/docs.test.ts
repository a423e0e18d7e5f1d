import { readFileSync } from 'node:fs';
import t from 'tap';
import { providers } from '../../src/providers/index.js';
import { findQuotations, pages } from '../../scripts/provider-docs.js';

const quotations = findQuotations('test');
const facts = providers.flatMap((provider) => provider.facts);

t.test('the generated pages are up to date: `npm run docs` writes them', async (t) => {
  for (const [name, text] of pages(quotations)) t.equal(readFileSync(`docs/providers/${name}`, 'utf8'), text, name);
});

t.test('every fact is quoted by a test, and no test quotes a fact that does not exist', async (t) => {
  const quoted = new Set(quotations.map(({ id }) => id));
  const known = new Set(facts.map(({ id }) => id));
  t.equal(known.size, facts.length, 'no id is given twice');
  t.same([...known].filter((id) => !quoted.has(id)), []);
  t.same([...quoted].filter((id) => !known.has(id)), []);
});

t.test('a fact is named after its provider, and what is assumed says so', async (t) => {
  for (const { name, facts: own } of providers) t.same(own.filter(({ id }) => !id.startsWith(`${name}.`)), []);
  t.same(facts.filter(({ confidence, behaviour }) => confidence === 'GUESS' && !behaviour.toLowerCase().includes('assumed')).map(({ id }) => id), []);
});

t.test('every policy field that a provider sets otherwise than the standard is explained by a fact', async (t) => {
  const { standardPolicy } = await import('../../src/providers/standard.js');
  for (const { name, policy, facts: own } of providers) {
    const changed = (Object.keys(policy) as (keyof typeof policy)[]).filter((field) => JSON.stringify(policy[field]) !== JSON.stringify(standardPolicy[field]));
    t.same(changed.filter((field) => !own.some((fact) => fact.field === field)), [], name);
  }
});
