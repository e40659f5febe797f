// Every limit of the server in one table; where two transports share one, both read it here.

export const limits = {
  /** A bearer token, scheme not counted. */
  tokenBytes: 8_192,
  /** From a token to a viewer; on the socket the whole way from opening to connection_ack. */
  authenticationMs: 3_000,

  /**
   * One HTTP body. Only read for authenticated callers. A CSV of importSetupUsers may have 4 MB, and each of its line breaks
   * and quotation marks takes two bytes in JSON.
   */
  bodyBytes: 6 * 1024 * 1024,
  headersMs: 10_000,
  requestMs: 30_000,

  /** One message on the socket. */
  messageBytes: 64 * 1024,
  /** What one socket may send in the long run, and at once: enough to subscribe to everything again after a cut. */
  messagesPerSecond: 50,
  messageBurst: 100,
  operationsPerSocket: 50,
  /** Upgrades and messages that are dealt with in one turn of the event loop, so that a crowd lets others through. */
  arrivalsPerTurn: 4,
  /** How often a quiet connection is given a sign of life. */
  heartbeatMs: 12_000,
  /** How long a peer may take nothing of what it is sent, and how much may wait for it, before it is closed as too slow. */
  stallMs: 10_000,
  pendingBytes: 4 * 1024 * 1024,
  /** How long a closed peer may take to say goodbye. */
  socketCloseMs: 2_000,

  /** Of one document, the same on both transports. */
  documentTokens: 2_000,
  /** In UTF-16 code units; what is long belongs in variables. */
  documentLength: 64 * 1024,
  documentDepth: 12,
  documentAliases: 30,
  documentsKept: 500,
  /** The first ones say enough, and finding all of them costs. */
  validationErrors: 10,

  readinessMs: 1_000,
} as const;
