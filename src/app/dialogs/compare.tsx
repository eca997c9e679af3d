import { useEffect, useState } from 'react';
import type { Rehearsal } from '../../engine/rehearsal';
import { POLICIES, type PolicyName } from '../../machine/config';
import { POLICY_TEXT } from '../../machine/policy-text';
import { Compare } from '../../views/compare/compare';
import { Choice } from '../../views/field';
import { Tag } from '../../views/tag';
import { useExplorer, useSession } from '../use-explorer';
import { Modal } from './modal';

const NAMES = Object.keys(POLICIES) as PolicyName[];

/** The scenario with one policy in two values, side by side. The document does not change. */
export function CompareDialog({ onClose }: { readonly onClose: () => void }) {
  const policies = useSession(({ document }) => document.config.policies);
  const [name, setName] = useState<PolicyName>('shootdown');
  const [other, setOther] = useState<string>();
  const values: readonly string[] = POLICIES[name];
  const first = policies[name];
  const second = other ?? values.find((value) => value !== first) ?? first;
  const sides = useRehearsals(name, first, second);
  return (
    <Modal label="Compare policies" id="compare" onClose={onClose}>
      <div className="compare-choice">
        <Choice
          label="Policy"
          value={name}
          options={NAMES}
          onChoose={(chosen) => {
            setName(chosen);
            setOther(undefined);
          }}
        />
        <Choice
          label={`${first} against`}
          value={second}
          options={values.filter((value) => value !== first)}
          onChoose={setOther}
        />
        <p className="hint">
          {POLICY_TEXT[name]} <Tag tag="M" source="our choice" />
        </p>
      </div>
      {sides ? (
        <Compare names={[first, second]} sides={sides} />
      ) : (
        <p className="hint" role="status">
          Running the scenario both ways …
        </p>
      )}
    </Modal>
  );
}

/** Both runs, one after the other; undefined until they are there. */
function useRehearsals(name: PolicyName, first: string, second: string): readonly [Rehearsal, Rehearsal] | undefined {
  const explorer = useExplorer();
  const [done, setDone] = useState<{ readonly of: string; readonly sides: readonly [Rehearsal, Rehearsal] }>();
  const question = `${name} ${first} ${second}`;
  useEffect(() => {
    let wanted = true;
    void (async () => {
      const a = await explorer.rehearse({ [name]: first });
      const b = a && wanted ? await explorer.rehearse({ [name]: second }) : undefined;
      if (wanted && a && b) setDone({ of: `${name} ${first} ${second}`, sides: [a, b] });
    })();
    return () => {
      wanted = false;
    };
  }, [explorer, name, first, second]);
  return done?.of === question ? done.sides : undefined;
}
