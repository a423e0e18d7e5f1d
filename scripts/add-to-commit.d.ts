/** Adds files to the commit that `npm version` makes. Sets the exit code of this process if git refuses. */
export function addToCommit(files: readonly string[]): void;
