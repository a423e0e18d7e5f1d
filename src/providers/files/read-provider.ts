import { makeCheck } from '../../input/validate.js';
import { defineProvider } from './define-provider.js';
import { ProviderSchema } from './schema/document.js';
import type { Basis, Defined } from './define-provider.js';
import type { ProviderDocument } from './schema/document.js';

const check = makeCheck({});

/** Checks a document against the schema, and makes the provider. All mistakes are told at once. */
export function readProvider(value: unknown, basis: Basis): Defined {
  const mistakes = check(ProviderSchema, value);
  return mistakes.length > 0 ? { provider: undefined, mistakes } : defineProvider(value as ProviderDocument, basis);
}
