import { stringify } from 'yaml';

/** Writes a value as a YAML document, as scenario files have it. Members that are undefined are left out. */
export const toYaml = (value: unknown): string => stringify(value, { lineWidth: 120, aliasDuplicateObjects: false });
