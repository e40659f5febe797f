// Takes the messages that a server sends on a WebSocket out of the bytes of its connection, and lets each through, or not, or twice. What comes
// before the first message (the HTTP answer) and control frames get through as they are.

export type MessageFate = 'PASS' | 'DROP' | 'REPEAT';

const textFrame = 0x81;

export function serverMessages(fate: (message: string) => MessageFate, pass: (data: Buffer) => void) {
  let waiting = Buffer.alloc(0);
  let isUpgraded = false;

  /** Null: there is no whole one yet. */
  function nextPiece(): { readonly piece: Buffer; readonly message: string | null } | null {
    if (!isUpgraded) {
      const end = waiting.indexOf('\r\n\r\n');
      if (end === -1) return null;
      isUpgraded = true;
      return { piece: waiting.subarray(0, end + 4), message: null };
    }
    const [kind, short] = waiting;
    if (kind === undefined || short === undefined) return null;
    const headerLength = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (waiting.length < headerLength) return null;
    const length = short === 127 ? Number(waiting.readBigUInt64BE(2)) : short === 126 ? waiting.readUInt16BE(2) : short;
    const end = headerLength + length;
    if (waiting.length < end) return null;
    const piece = waiting.subarray(0, end);
    return { piece, message: kind === textFrame ? piece.subarray(headerLength).toString() : null };
  }

  return {
    take(data: Buffer) {
      waiting = Buffer.concat([waiting, data]);
      for (let next = nextPiece(); next; next = nextPiece()) {
        const { piece, message } = next;
        waiting = waiting.subarray(piece.length);
        const what = message === null ? 'PASS' : fate(message);
        if (what !== 'DROP') pass(piece);
        if (what === 'REPEAT') pass(piece);
      }
    },
  };
}
