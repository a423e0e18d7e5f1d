import { readFileSync } from 'node:fs';
import { readDocument } from '../../../src/input/document/read-document.js';
import { findProvider } from '../../../src/providers/index.js';
import { defineProvider } from '../../../src/providers/files/define-provider.js';
import { standardProvider } from '../../../src/providers/standard-provider.js';
import type { ProviderDocument } from '../../../src/providers/files/schema/document.js';
import type { Provider } from '../../../src/providers/provider.js';

/** MailUp, tinyEmail and DottedSign, written as files that are like the standard. */
export const providersOfFiles = (): Provider[] => ['mailup', 'tinyemail', 'dottedsign'].map(providerOfFile);

function providerOfFile(name: string): Provider {
  const file = new URL(`${name}.yaml`, import.meta.url);
  const read = readDocument(readFileSync(file, 'utf8'), file.pathname, { called: 'a provider file', empty: '{}' });
  if (read.place === undefined) throw new Error(JSON.stringify(read.mistakes));
  const defined = defineProvider(read.value as ProviderDocument, { name, like: standardProvider, find: findProvider });
  if (defined.provider === undefined) throw new Error(JSON.stringify(defined.mistakes));
  return defined.provider;
}
