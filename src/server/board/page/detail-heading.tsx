// The head of what is open, and the way back.

import type { ReactNode } from 'react';
import { overviewHash } from './route.ts';

export interface DetailHeadingProps {
  readonly title: string;
  readonly aside?: ReactNode;
}

export function DetailHeading({ title, aside }: DetailHeadingProps) {
  return (
    <div className="detail-heading">
      {/* On a phone the list is not to be seen beside it. */}
      <a className="back" href={overviewHash}>
        <span className="back-narrow">← All operations</span>
        <span className="back-wide">Close</span>
      </a>
      <h2>
        {title} {aside}
      </h2>
    </div>
  );
}
