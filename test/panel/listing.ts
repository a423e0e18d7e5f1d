import t from 'tap';
import { Listing } from '../../src/panel/journal/listing.js';
import { testOf } from '../../src/panel/journal/row-filter.js';
import { changeOf, rowOf } from './rows-of.js';

const many = (count: number, from = 1): ReturnType<typeof rowOf>[] =>
  Array.from({ length: count }, (_each, i) => rowOf(from + i));
const all = { isGrouped: true, isWanted: undefined };

t.test('a listing is filled in slices', (t) => {
  const listing = new Listing(all);
  const steps = listing.fill(many(600));
  steps.next();
  t.equal(listing.flows.shown, 250);
  t.equal([...steps].length, 2);
  t.equal(listing.flows.shown, 600);
  t.same(listing.facets.values('endpoint'), [{ value: 'resource', count: 600 }]);
  t.end();
});

t.test('a listing that is held counts what is new, and shows it when it goes on', (t) => {
  const listing = new Listing({ isGrouped: true, isWanted: testOf({ status: '200' }) });
  listing.take(changeOf([rowOf(1), rowOf(3)]));
  listing.hold();
  listing.take(changeOf([rowOf(2), rowOf(4), rowOf(5, { status: 404 })]));
  listing.take(changeOf([rowOf(4)], { replaced: [rowOf(4)], dropped: [rowOf(1)] }));
  t.equal(listing.news, 1, 'rows that are older, that do not pass or that came before are not new');
  t.equal(listing.flows.shown, 2);
  t.notOk(listing.isOutdated);
  listing.release();
  t.equal(listing.news, 0);
  t.equal(listing.flows.shown, 3);
  listing.take(changeOf([rowOf(6)]));
  t.equal(listing.flows.shown, 4, 'it goes on');
  t.end();
});

t.test('a listing without a filter counts each new row', (t) => {
  const listing = new Listing(all);
  listing.hold();
  listing.take(changeOf(many(7)));
  t.equal(listing.news, 7);
  listing.take(changeOf(many(2), { isReset: true }));
  t.equal(listing.news, 0, 'a list that begins again is shown');
  t.equal(listing.flows.shown, 2);
  listing.take(changeOf([rowOf(3)]));
  t.equal(listing.news, 1, 'and it is still held');
  t.end();
});

t.test('a listing that was held for too long is outdated', (t) => {
  const listing = new Listing(all);
  listing.hold();
  listing.take(changeOf(many(15_000)));
  t.notOk(listing.isOutdated);
  listing.take(changeOf(many(15_000, 15_001)));
  t.ok(listing.isOutdated);
  t.equal(listing.news, 30_000, 'it counts nevertheless');
  listing.release();
  t.equal(listing.flows.shown, 0, 'what waited is not known any more');
  t.end();
});
