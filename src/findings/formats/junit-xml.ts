/** One test case of a JUnit file. */
export interface TestCase {
  readonly className: string;
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** One line, shown in lists of failures. */
  readonly message: string;
  readonly type?: string;
  readonly text: string;
  /** Default: 0. */
  readonly seconds?: number;
}

/** Test cases that belong together. */
export interface TestSuite {
  readonly name: string;
  /** When it began, as ISO 8601. Absent: it did not begin. */
  readonly timestamp?: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly cases: readonly TestCase[];
  /** Lines about the suite as a whole. */
  readonly output: readonly string[];
}

/** Test suites as JUnit XML, in the structure of the XSD that Jenkins publishes. */
export function junitXml(suites: readonly TestSuite[]): string {
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="understudy">';
  return `${[head, ...suites.map(suiteXml), '</testsuites>'].join('\n')}\n`;
}

function suiteXml({ name, timestamp, properties, cases, output }: TestSuite): string {
  const count = (outcome: TestCase['outcome']): number => cases.filter((each) => each.outcome === outcome).length;
  const attributes = {
    name,
    tests: cases.length,
    failures: count('failed'),
    errors: 0,
    skipped: count('skipped'),
    // to the millisecond: sums of decimal fractions are inexact
    time: Number(cases.reduce((total, { seconds = 0 }) => total + seconds, 0).toFixed(3)),
    ...(timestamp === undefined ? {} : { timestamp: timestamp.slice(0, 19) }),
  };
  return [
    `  <testsuite${written(attributes)}>`,
    '    <properties>',
    ...Object.entries(properties).map(([key, value]) => `      <property${written({ name: key, value })}/>`),
    '    </properties>',
    ...cases.map(testCase),
    ...(output.length === 0 ? [] : [`    <system-out>${escaped(output.join('\n'))}</system-out>`]),
    '  </testsuite>',
  ].join('\n');
}

function testCase({ className, name, outcome, message, type = '', text, seconds = 0 }: TestCase): string {
  const head = `    <testcase${written({ classname: className, name, time: seconds })}`;
  if (outcome === 'skipped') return `${head}><skipped${written({ message })}/></testcase>`;
  if (outcome === 'failed') {
    return `${head}><failure${written({ message, type })}>${escaped(text)}</failure></testcase>`;
  }
  return text === '' ? `${head}/>` : `${head}><system-out>${escaped(text)}</system-out></testcase>`;
}

function written(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('');
}

const entities: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  }),
);

/** XML 1.0 §2.2 forbids control characters and lone surrogates, even as character references. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"']/g, (character) => entities.get(character) as string);
}
