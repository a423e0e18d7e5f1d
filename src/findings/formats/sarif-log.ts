import { escapeBidi } from '../../input/printable.js';
import { version } from '../../package.js';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** One run as a SARIF 2.1.0 file. No text in it changes the direction of writing. */
export const sarifLog = (run: object): string =>
  `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, readable, 2)}\n`;

/** The text is in strings of JSON, so it is escaped before JSON is written. */
const readable = (_name: string, value: unknown): unknown => (typeof value === 'string' ? escapeBidi(value) : value);

/** This program as the tool of a run. */
export const sarifTool = (rules: readonly object[]): object => ({
  driver: { name: 'Understudy', semanticVersion: version, rules },
});

/** A notification that a reader must see beside the results. */
export const warning = (text: string): object => ({ level: 'warning', message: { text } });

/** A result that is accepted. */
export const suppression = (justification: string): object => ({ kind: 'external', status: 'accepted', justification });

/** A place for a result that is in no file. Code scanning requires a file and a line. */
export const fileLocation = (uri: string, name: string): object => ({
  physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } },
  logicalLocations: [{ fullyQualifiedName: name }],
});
