// The page: our top bar above GraphiQL, which has the ready tabs, the explorer, and a strip of ours below both.

import { explorerPlugin } from '@graphiql/plugin-explorer';
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import type { GraphiQLProps } from 'graphiql';
import { useEffect, useMemo, useState } from 'react';
import { useCell } from '../../pages/browser/cell.ts';
import type { PageConfig } from '../../pages/browser/page-config.ts';
import { openGateway } from './gateway.ts';
import { createFetcher } from './player.ts';
import { RunStrip } from './run-strip.tsx';
import { readyTabs, titleOfOperation } from './tabs.ts';
import { TopBar } from './top-bar.tsx';

const explorer = explorerPlugin({ showAttribution: false });
const plugins = [explorer, HISTORY_PLUGIN];
const defaultTabs = readyTabs.map(({ query, variables }) => ({ query, variables }));

export function GatewayPage({ config }: { readonly config: PageConfig }) {
  const [gateway] = useState(() => openGateway(config));
  const token = useCell(gateway.tokens.token);
  // A new fetcher makes GraphiQL read the schema again, which another token may see or not see.
  const fetcher = useMemo(() => createFetcher(gateway.player), [gateway, token]);

  return (
    <div className="page">
      <TopBar gateway={gateway} />
      <main>
        <GraphiQL
          fetcher={fetcher}
          defaultTabs={defaultTabs}
          plugins={plugins}
          visiblePlugin={explorer}
          defaultEditorToolsVisibility="variables"
          // No operation is chosen in advance, so that Play does not open a menu: it plays the whole document.
          operationName=""
          onTabChange={giveTitles}
          // Headers may hold a token, and tokens do not belong into a storage that outlives the browser tab.
          shouldPersistHeaders={false}
          inputValueDeprecation
          schemaDescription
        >
          <GraphiQL.Logo>{null}</GraphiQL.Logo>
          <RunStrip gateway={gateway} />
          <FirstTitles />
          <WrappedLines />
        </GraphiQL>
      </main>
    </div>
  );
}

/** GraphiQL calls a tab after its operation and knows no other titles; it shows what this callback leaves in the state. */
const giveTitles: NonNullable<GraphiQLProps['onTabChange']> = ({ tabs }) => {
  for (const tab of tabs) tab.title = (tab.operationName && titleOfOperation(tab.operationName)) ?? tab.title;
};

/** Tabs are created without that callback being called: an empty change calls it. */
function FirstTitles() {
  const { updateActiveTabValues } = useGraphiQLActions();
  useEffect(() => updateActiveTabValues({}), [updateActiveTabValues]);
  return null;
}

/** Beside the explorer an editor is narrow, and a comment nobody can read to its end is no help. */
function WrappedLines() {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  useEffect(() => {
    for (const editor of [queryEditor, variableEditor]) editor?.updateOptions({ wordWrap: 'on' });
  }, [queryEditor, variableEditor]);
  return null;
}
