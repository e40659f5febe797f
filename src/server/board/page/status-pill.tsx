// A status in a word; the colour underlines it.

import { toneOf, wordsForStatus } from './words.ts';

export function StatusPill({ status }: { readonly status: string }) {
  return (
    <span className="pill" data-tone={toneOf(status)}>
      {wordsForStatus(status)}
    </span>
  );
}
