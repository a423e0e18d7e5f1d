/**
 * A text in which each character that XML does not allow (XML 1.0 §2.2), or that reverses the words after it, is shown
 * as U+FFFD.
 */
export const withoutControls = (text: string): string =>
  text.replaceAll(
    /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]|[\u007f\u202a-\u202e\u2066-\u2069]/gu,
    '\ufffd',
  );
