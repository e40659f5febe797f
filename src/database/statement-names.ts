// Names under which statements are prepared, so that PostgreSQL reads and plans each but once a connection. Each name costs
// memory in every connection, so they are bounded: what comes after that is prepared for one use.

const mostNames = 300;

/** An empty name is none. */
export function createStatementNames(): (text: string) => string {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined) return known;
    if (names.size >= mostNames) return '';
    const name = `read_${names.size}`;
    names.set(text, name);
    return name;
  };
}
