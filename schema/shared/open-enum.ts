// Enums that answers carry grow with the product; their descriptions tell clients to expect it.

/** For the description of an enum whose values clients receive. */
export function openEnum(description: string): string {
  return `${description} New values may be added at any time: treat one you do not know as something you cannot interpret, never as a failure.`;
}
