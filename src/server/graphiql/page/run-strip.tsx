// Below GraphiQL: the operations of the open tab with how far the last press of Play has come, each of which can be
// sent alone, and the values that answers have left for later operations.

import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useCell } from '../../pages/browser/cell.ts';
import type { Gateway } from './gateway.ts';
import type { StepState } from './player.ts';

const marks: Record<StepState, string> = { running: '●', done: '✓', failed: '✕', stopped: '■' };

export function RunStrip({ gateway }: { readonly gateway: Gateway }) {
  return (
    <section className="run-strip" aria-label="Progress and kept values">
      <Steps gateway={gateway} />
      <KeptValuesList gateway={gateway} />
    </section>
  );
}

function Steps({ gateway: { player } }: { readonly gateway: Gateway }) {
  const operations = useGraphiQL((state) => state.operations);
  const isBusy = useGraphiQL((state) => state.isFetching || state.subscription !== null);
  const { run } = useGraphiQLActions();
  const progress = useCell(player.progress);
  const names = (operations ?? []).map(({ name }) => name?.value).filter((name) => name !== undefined);
  if (names.length < 2) return null;
  return (
    <ol aria-label="Operations of this tab">
      {names.map((name, index) => {
        const state = progress[name];
        return (
          <li key={name}>
            <button
              type="button"
              className={state}
              disabled={isBusy}
              title={`Send only ${name}`}
              aria-label={`Send only ${name}${state ? ` (${state})` : ''}`}
              onClick={() => {
                player.onlyStep.write(name);
                run();
              }}
            >
              <span aria-hidden="true">{state ? marks[state] : index + 1}</span> {name}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

function KeptValuesList({ gateway }: { readonly gateway: Gateway }) {
  const entries = Object.entries(useCell(gateway.player.kept));
  if (entries.length === 0) return null;
  return (
    <details open>
      <summary>
        Kept from answers, for <code>{'{…Id}'}</code> in variables
      </summary>
      <div className="kept-values">
        <dl>
          {entries.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd title={value}>{value}</dd>
            </div>
          ))}
        </dl>
        <button type="button" aria-label="Forget the kept values" onClick={gateway.forgetValues}>
          Forget
        </button>
      </div>
    </details>
  );
}
