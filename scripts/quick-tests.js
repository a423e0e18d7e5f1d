import { readdirSync } from 'node:fs';

/**
 * Excluded from the quick set, by measurement: files that use more than four seconds of processor time, start programs
 * (browsers, servers, npm, Python) or wait in real time.
 */
const slow = [
  /^(admin\/(api|journal|route-types)|client\/(library|python)|commands\/|exam\/scoreboard|http\/(bad-input|browsers|connection-limit|path-spelling|request-cost|strict-reading)|world\/(fixtures|scenarios|worlds))/,
  /^(faults\/|findings\/(libraries|lookalikes|report)|browser\/|fuzz\/|journeys\/|mcp\/(how-to|outside|tools)|oracle\/|runners\/)/,
  /^providers\/(authorization-requests|rails|redirects|strict-oauth|token-requests)/,
  /^release\/(action|check-release|gitlab)/,
  /^(contributing|dev|dockerfile|docs|how-to-add|package|readme|test-files)\.test/,
];

/** The test files of `npm run test:quick`. */
export function quickTests() {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.test.ts') && !slow.some((pattern) => pattern.test(name)))
    .map((name) => `test/${name}`)
    .sort();
}
