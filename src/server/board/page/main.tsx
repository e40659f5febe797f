// Entry of the board: asks the gateway for the page's settings and mounts it.

import './theme.css';
import './layout.css';
import './parts.css';
import { createRoot } from 'react-dom/client';
import { loadConfig } from '../../pages/browser/page-config.ts';
import { BoardPage } from './board-page.tsx';
import { openBoard } from './board.ts';

const container = document.getElementById('page');
if (container === null) throw new Error('index.html has no element with the id "page".');
const root = createRoot(container);

try {
  const board = openBoard(await loadConfig());
  board.start();
  root.render(<BoardPage board={board} />);
} catch (error) {
  root.render(
    <p className="notice" role="alert">
      The gateway does not answer: {String(error)}. Is it running? Reload this page when it is.
    </p>,
  );
}
