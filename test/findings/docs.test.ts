import { readFileSync } from 'node:fs';
import t from 'tap';
import { findingsPage } from '../../scripts/findings-docs.js';

t.test('the reference page of the findings is up to date: `npm run docs` writes it', async (t) => {
  t.equal(readFileSync('docs/reference/findings.md', 'utf8'), findingsPage());
});
