/** Whether an output is as a page shows it: `…` in the shown text stands for any text. */
export const textShows = (shown: string, came: string): boolean =>
  new RegExp(
    `^${shown
      .split('…')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[\\s\\S]*')}$`,
  ).test(came);
