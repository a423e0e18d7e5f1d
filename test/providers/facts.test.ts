import { readFileSync } from 'node:fs';
import t from 'tap';
import { providers } from '../../src/providers/index.js';
import { otherMeasurements } from '../../src/providers/measurements.js';

const golden = JSON.parse(readFileSync(new URL('../oracle/golden.json', import.meta.url), 'utf8')) as {
  readonly cases: Readonly<Record<string, unknown>>;
};
const recorded = new Set<string>([...Object.keys(golden.cases), ...otherMeasurements]);
const facts = providers.flatMap((provider) => provider.facts);
const isMeasured = ({ confidence }: { readonly confidence: string }): boolean => confidence.includes('MEASURED');

t.test('every fact that claims a measurement names recorded answers, and no other fact names any', async (t) => {
  const measured = facts.filter(isMeasured);
  t.ok(measured.length > 50);
  for (const { id, measured: cases = [] } of measured) {
    t.ok(cases.length > 0, `${id} names what shows it`);
    t.same(
      cases.filter((name) => !recorded.has(name)),
      [],
      `${id} names only what was recorded`,
    );
  }
  t.same(
    facts.filter((fact) => !isMeasured(fact) && fact.measured !== undefined).map(({ id }) => id),
    [],
  );
});

t.test('each measurement outside the replay is named by a fact', async (t) => {
  const named = new Set<string>(facts.flatMap(({ measured = [] }) => measured));
  t.same(
    otherMeasurements.filter((name) => !named.has(name)),
    [],
  );
});
