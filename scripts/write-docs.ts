import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brandsPage } from './brand-docs.js';
import { defaultScenarioFile } from './default-scenario-file.js';
import { examPage } from './exam-docs.js';
import { findingsPage } from './findings-docs.js';
import { findQuotations, pages } from './provider-docs.js';
import { listingPages, shelfPages, withShelf } from './shelf-docs.js';
import { format, resolveConfig } from 'prettier';
import { examResultSchema, examSchema, providerSchema, referencePages, scenarioSchema } from './reference-docs.js';
import { typedDocuments } from './typed-documents.js';

// Paths are relative to the package root, where npm runs scripts.
write('docs/providers', pages(findQuotations('test')));
write('docs/providers', shelfPages());
for (const [page, folder] of listingPages) {
  write('.', new Map([[page, withShelf(readFileSync(page, 'utf8'), folder)]]));
}
write('docs/reference', referencePages());
write(
  'docs/reference',
  new Map([
    ['findings.md', findingsPage()],
    ['exam.md', examPage()],
  ]),
);
write('docs/explanation', new Map([['brand-clients.md', brandsPage()]]));
write(
  'schema',
  new Map([
    ['scenario.schema.json', scenarioSchema()],
    ['provider.schema.json', providerSchema()],
    ['exam-result.schema.json', examResultSchema()],
    ['exam.schema.json', examSchema()],
  ]),
);
write('fixtures/scenarios', new Map([['default.yaml', defaultScenarioFile()]]));
const options = { ...(await resolveConfig('src/client')), parser: 'typescript' };
const documents = [...typedDocuments()].map(async ([name, text]) => [name, await format(text, options)] as const);
write('src/client/documents', new Map(await Promise.all(documents)));

function write(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) {
    writeFileSync(`${folder}/${name}`, text);
    console.log(`${folder}/${name}`);
  }
}
