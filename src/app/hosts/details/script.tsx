import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { completions, foreignKind, tokens, type Foreign } from '../../../scenario/script';
import { describeProblem } from '../../../scenario/problem';
import { scriptDesk } from '../../../state/script-desk';
import type { Paint } from '../../../views/source/props';
import { Script } from '../../../views/source/script';
import { useExplorer, useSession, useView } from '../../use-explorer';

const paint: Paint = (lines) => (line) => tokens(lines[line]);

const ELSEWHERE: Readonly<Record<Foreign, string>> = {
  JSON: 'To open JSON, save it as a file and choose it under Export or open.',
  C: 'C goes into the tab C source.',
};

/** The scenario as a script; a chunk of its own, loaded when its tab is first opened. */
export function ScriptDetail() {
  const explorer = useExplorer();
  const desk = scriptDesk(explorer);
  const { text, waiting, problems, clash } = useStore(desk.store);
  const step = useView((view) => view.step);
  const timeline = useSession((session) => session.timeline);
  const ops = useSession(({ document }) => document.ops.length);
  useEffect(() => desk.show(), [desk]);
  const marks = useMemo(
    () =>
      (problems?.first ?? []).map(({ line, column, end, ...problem }) => {
        // The place is said already.
        const path = problem.path.replace(/^line \d+, column \d+(?:: )?/, '');
        const { value, rule } = problem;
        const says =
          path === '' && value.startsWith('"')
            ? `${value} ${rule}`
            : describeProblem({ ...problem, path: path || 'this' });
        return { line, column, end, says };
      }),
    [problems],
  );
  const foreign = problems && foreignKind(text);
  return (
    <Script
      text={text}
      waiting={waiting}
      marks={marks}
      count={problems?.count ?? 0}
      elsewhere={foreign && ELSEWHERE[foreign]}
      clash={clash}
      ops={ops}
      current={desk.lineOf(timeline?.acts.ops[step] ?? -1)}
      paint={paint}
      complete={completions}
      onText={(typed) => desk.type(typed)}
      onLine={(line) => {
        const op = desk.opOf(line);
        const last = op === undefined ? undefined : timeline?.ops[op]?.last;
        if (last !== undefined) explorer.playhead.seek(last);
      }}
      onRestore={() => desk.restore()}
    />
  );
}
