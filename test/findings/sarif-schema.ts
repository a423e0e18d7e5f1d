import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import AjvDraft4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { ValidateFunction } from 'ajv';

/** Validates against the published schema of SARIF 2.1.0. The mistakes are in `errors`. */
export function sarifValidator(): ValidateFunction {
  const file = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  // One pattern is invalid with the flag u. The cast is needed because the types describe an ES module, not CommonJS.
  const Ajv = AjvDraft4 as unknown as typeof AjvDraft4.default;
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  (addFormats as unknown as typeof addFormats.default)(ajv);
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
}
