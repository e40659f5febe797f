// Work that many things ask for and that is done once for all of them, never twice at a time, with a pause in between.

/** The work begins at once when there was none lately, otherwise when the pause is over. It must not fail. */
export function throttle(pauseMs: number, work: () => unknown): () => void {
  let isBusy = false;
  let isAskedFor = false;

  async function run(): Promise<void> {
    isAskedFor = false;
    isBusy = true;
    await work();
    setTimeout(() => {
      isBusy = false;
      if (isAskedFor) void run();
    }, pauseMs);
  }

  return () => {
    isAskedFor = true;
    if (!isBusy) void run();
  };
}
