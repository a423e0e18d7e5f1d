import t from 'tap';
import { rfcLinks } from '../../src/panel/parts/rfc-links.js';

const rfc = 'https://www.rfc-editor.org/rfc/rfc';

t.test('a clause has a link for each section, and a section alone belongs to the RFC before it', async (t) => {
  t.strictSame(rfcLinks('RFC 6749 §4.1.2, §4.1.3; RFC 9700 §2.1'), [
    { text: 'RFC 6749 §4.1.2', href: `${rfc}6749#section-4.1.2` },
    { text: ', ' },
    { text: '§4.1.3', href: `${rfc}6749#section-4.1.3` },
    { text: '; ' },
    { text: 'RFC 9700 §2.1', href: `${rfc}9700#section-2.1` },
  ]);
  t.strictSame(rfcLinks('as RFC 6749 Appendix B requires'), [
    { text: 'as ' },
    { text: 'RFC 6749 Appendix B', href: `${rfc}6749#appendix-B` },
    { text: ' requires' },
  ]);
  t.strictSame(rfcLinks('RFC 7009'), [{ text: 'RFC 7009', href: `${rfc}7009` }]);
});

t.test('a text without an RFC has no links', async (t) => {
  t.strictSame(rfcLinks('see §4.1, <b>Appendix B</b>'), [{ text: 'see §4.1, <b>Appendix B</b>' }]);
  t.strictSame(rfcLinks(''), []);
});
