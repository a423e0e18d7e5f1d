import { SaxesParser } from 'saxes';

/** Attributes and ordered children of each element, from the XSD that Jenkins publishes for the JUnit format. */
const elements: Readonly<
  Record<string, { required: readonly string[]; optional: readonly string[]; children: readonly string[] }>
> = {
  testsuites: {
    required: [],
    optional: ['name', 'time', 'tests', 'failures', 'disabled', 'errors'],
    children: ['testsuite'],
  },
  testsuite: {
    required: ['name', 'tests'],
    optional: ['failures', 'errors', 'time', 'disabled', 'skipped', 'timestamp', 'hostname', 'id', 'package'],
    children: ['properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { required: [], optional: [], children: ['property'] },
  property: { required: ['name', 'value'], optional: [], children: [] },
  testcase: {
    required: ['name', 'classname'],
    optional: ['assertions', 'time', 'status'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  skipped: { required: [], optional: ['message'], children: [] },
  failure: { required: [], optional: ['type', 'message'], children: [] },
  'system-out': { required: [], optional: [], children: [] },
};

/** One element of an XML document. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
}

/** Parses XML. Throws if it is not well-formed. */
export function parseXml(text: string): XmlNode {
  const open: XmlNode[] = [{ name: '', attributes: {}, children: [] }];
  const parser = new SaxesParser({ position: false });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const node = { name, attributes: attributes as Record<string, string>, children: [] };
    open.at(-1)!.children.push(node);
    open.push(node);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(text).close();
  return open[0]!.children[0]!;
}

/** What is wrong by the XSD. Empty: nothing. */
export function mistakesIn(node: XmlNode, path: string): string[] {
  const element = elements[node.name];
  if (element === undefined) return [`${path}: no such element`];
  const names = Object.keys(node.attributes);
  const order = node.children.map((child) => element.children.indexOf(child.name));
  return [
    ...element.required.filter((name) => !names.includes(name)).map((name) => `${path}: ${name} is missing`),
    ...names
      .filter((name) => ![...element.required, ...element.optional].includes(name))
      .map((name) => `${path}: ${name} is not allowed`),
    ...(order.some((at, i) => at < 0 || at < (order[i - 1] ?? 0)) ? [`${path}: wrong children`] : []),
    ...node.children.flatMap((child, i) => mistakesIn(child, `${path}/${child.name}[${i}]`)),
  ];
}

/** The outcome of a test case: the names of its children. */
export const outcomeOf = ({ children }: XmlNode): string => children.map(({ name }) => name).join();
