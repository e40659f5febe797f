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
      <a className="back" href={overviewHash}>
        All operations
      </a>
      <h2>
        {title} {aside}
      </h2>
    </div>
  );
}
