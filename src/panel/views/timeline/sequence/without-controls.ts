/** A text in which each character that XML does not allow is shown as U+FFFD (XML 1.0 §2.2). */
export const withoutControls = (text: string): string =>
  text.replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]|\u007f/gu, '\ufffd');
