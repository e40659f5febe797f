// One answer for all who ask at the same time. Whoever asks gets an answer that was begun after the question, never an older
// one: those who come while work is under way share the next run.

/** `work` never runs twice at once. */
export function askedTogether<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  let next: Promise<T> | null = null;

  async function run(before: Promise<T> | null): Promise<T> {
    // Also without one before it this waits a moment, in which others may join.
    await before?.catch(() => undefined);
    running = next;
    next = null;
    return work();
  }

  return () => (next ??= run(running));
}

export type AskTogether<T> = (name: string, work: () => Promise<T>) => Promise<T>;

/** The same for many questions, each known by its name. A question that nobody waits for any more is forgotten. */
export function namedQuestions<T>(): AskTogether<T> {
  const open = new Map<string, { readonly ask: () => Promise<T>; waiting: number }>();

  return async (name, work) => {
    const question = open.get(name) ?? { ask: askedTogether(work), waiting: 0 };
    open.set(name, question);
    question.waiting++;
    try {
      return await question.ask();
    } finally {
      question.waiting--;
      if (question.waiting === 0 && open.get(name) === question) open.delete(name);
    }
  };
}
