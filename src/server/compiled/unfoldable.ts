// Thrown where the compiled way ends; whoever catches it takes the ordinary one. Never shown to a client.

export class Unfoldable extends Error {
  override readonly name = 'Unfoldable';
}

/** For what cannot be. */
export function raise(): never {
  throw new Unfoldable('what was there before is gone');
}
