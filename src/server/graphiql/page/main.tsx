// Entry of the page: asks the gateway for the page's settings and mounts it.

import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';
import { createRoot } from 'react-dom/client';
import { loadConfig } from '../../pages/browser/page-config.ts';
import { GatewayPage } from './gateway-page.tsx';

const container = document.getElementById('page');
if (container === null) throw new Error('index.html has no element with the id "page".');
const root = createRoot(container);

try {
  root.render(<GatewayPage config={await loadConfig()} />);
} catch (error) {
  root.render(
    <p className="notice" role="alert">
      The gateway does not answer: {String(error)}. Is it running? Reload this page when it is.
    </p>,
  );
}
