import { mkdirSync, writeFileSync } from 'node:fs';
import { findQuotations, pages } from './provider-docs.js';

// run from the package's root, as npm does
const folder = 'docs/providers';
mkdirSync(folder, { recursive: true });
for (const [name, text] of pages(findQuotations('test'))) {
  writeFileSync(`${folder}/${name}`, text);
  console.log(`${folder}/${name}`);
}
