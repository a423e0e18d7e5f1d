// Tells tap for which test files coverage is measured. Measuring costs a third of the processor time of a test, so the
// longest files do without: they try whole programs, whole exams and browsers, and what they reach is reached by
// shorter tests too.

const unmeasured =
  /^test\/((browser|fuzz|journeys|release)\/|exam\/(careful|scoreboard)|(contributing|dev|docs|how-to-add|package|readme)\.test|run\/clients|runners\/examples)/;

/** `null`: nothing is measured. An empty list: every source file. */
export default (test) => (unmeasured.test(test) ? null : []);
