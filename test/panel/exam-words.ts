import t from 'tap';
import { groups, verdicts } from '../../src/admin/schemas/exam-words.js';
import { groups as groupsOfPanel } from '../../src/panel/views/exam/groups.js';
import { verdicts as verdictsOfPanel } from '../../src/panel/views/exam/verdicts.js';

t.test('the panel has every group and every verdict of the exam, in the same order', async (t) => {
  t.strictSame(groupsOfPanel, groups);
  t.strictSame(
    verdictsOfPanel.map(({ name }) => name),
    verdicts,
  );
});
